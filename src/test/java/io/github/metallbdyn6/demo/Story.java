package io.github.metallbdyn6.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.testbed.Http;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps that the demo shows. Each one is seen to happen, or the story ends there. */
final class Story {
  private static final int HELD_PASSES = 3;
  private static final String LOGIN_PAGE =
      "<!DOCTYPE html><html><head><title>Please sign in</title></head><body></body></html>";

  private final StagedHome home;
  private final Http page;
  private final Paper paper;
  private final Printout printout;
  private final Expectation expectation;
  private final int pausePasses;
  private final List<String> durations = new ArrayList<>();
  private Snapshot shown;
  private Optional<StagedFollowers> followers = Optional.empty();
  private long begin;

  /** Pauses for so many passes after each step, one a second. */
  Story(StagedHome home, Http page, Paper paper, Expectation expectation, int pausePasses) {
    this.home = home;
    this.page = page;
    this.paper = paper;
    this.printout = new Printout(paper);
    this.expectation = expectation;
    this.pausePasses = pausePasses;
    this.shown = home.snapshot();
  }

  /** Shows these followers, too, and one more change. */
  void show(StagedFollowers also) {
    followers = Optional.of(also);
  }

  /** Tells all but the conclusion. */
  void tell() throws Exception {
    begin();
    move("2. The ISP changes the prefix to %s::/64: the services follow", 1);
    hold();
    move("4. The source answers again, with %s::/64: the services follow", 2);
    if (followers.isPresent()) {
      move("5. The ISP changes the prefix to %s::/64: the services follow", 3);
    }
  }

  private void begin() throws Exception {
    paper.heading("1. Before: four services under the prefix " + StagedHome.prefix(0) + "::/64");
    paper.paragraph(
        "The service web takes what MetalLB gives, mail pins its addresses, and nas declares the host part ::1445: the program has MetalLB move nas there. The service printer is in a second pool, whose host range an annotation tells.");
    expectation.see("pools and services are in sync", () -> isSettledOn(0));
    shown = home.snapshot();
    begin = System.nanoTime();
    printout.begin(shown);
    pause();
  }

  /** The ISP gives another prefix, of this number, and the services move. */
  void move(String headline, int number) throws Exception {
    String prefix = StagedHome.prefix(number);
    paper.heading(headline.formatted(prefix));
    int earlier = home.writes().size();
    home.changePrefix(number);
    expectation.see("all services move to " + prefix + "::/64", () -> isSettledOn(number));
    Writes writes = new Writes(home.writes().subList(earlier, home.writes().size()));
    durations.add("%.1f s".formatted((home.lastArrival(prefix) - writes.begin()) / 1e9));
    showAfter(home.snapshot(), writes);
    if (followers.isPresent()) {
      followers.get().show(prefix, paper, expectation);
    }
    pause();
  }

  private void showAfter(Snapshot now, Writes writes) throws Exception {
    printout.compareServices(shown, now);
    printout.comparePools(shown, now);
    paper.table(List.of("requests that wrote", "number"), writes.kinds());
    printout.quote(status());
    assertKept(now.services());
    shown = now;
  }

  private void hold() throws Exception {
    paper.heading("3. The source answers a login page, not an address: the program holds");
    paper.quote(Map.of("answer", LOGIN_PAGE));
    int earlier = home.writes().size();
    home.isp().answers(200, Map.of("Content-Type", "text/html"), LOGIN_PAGE);
    expectation.see("the program holds", () -> state().equals("holding"));
    awaitPasses(HELD_PASSES);
    Snapshot now = home.snapshot();
    printout.quote(status());
    printout.compareServices(shown, now);
    if (!now.equals(shown) || home.writes().size() > earlier) {
      throw new NotSeen("The program wrote something, and should have held.");
    }
    paper.paragraph(
        "%d passes, 0 requests that wrote: pools and services are as before."
            .formatted(HELD_PASSES));
    pause();
  }

  private void assertKept(List<StagedService> states) throws NotSeen {
    for (StagedService state : states) {
      if (shown.services().stream().noneMatch(state::keepsWhatHas)) {
        throw new NotSeen("A service did not keep IPv4 address and host part: " + state);
      }
    }
  }

  /** Says what was proven, if it was. */
  void conclude() throws Exception {
    List<StagedService> states = home.statesSince(begin);
    assertKept(states);
    paper.heading("Proven");
    paper.paragraph(
        "No service lost its IPv4 address or its host part at any instant: each of the %d states that the API told of the services had both. The moves took %s, from the first request to the last new address."
            .formatted(states.size(), String.join(" and ", durations)));
  }

  private boolean isSettledOn(int number) throws Exception {
    String prefix = StagedHome.prefix(number);
    return home.isSettledOn(prefix)
        && state().equals("inSync")
        && status().at("/source/prefix").asText().equals(prefix + "::/64");
  }

  private String state() throws Exception {
    return status().path("state").asText();
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(page.get("/status").body());
  }

  /** Time to read, and for passes that find nothing to do. */
  private void pause() throws Exception {
    awaitPasses(pausePasses);
  }

  private void awaitPasses(int passes) throws Exception {
    int asked = home.isp().timesAsked();
    expectation.see("the program asks its source", () -> home.isp().timesAsked() >= asked + passes);
  }
}
