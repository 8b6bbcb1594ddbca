package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.metallb.Restart;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.RestartEvent;
import io.github.metallbdyn6.report.ServiceBoard;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.testbed.Explainers;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatusViewsTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00.123Z");
  private static final String OURS = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String NEXT = "2001:db8:b::1000-2001:db8:b::1999";
  private static final String IPV4 = "192.0.2.10-192.0.2.20";

  private final Journal journal =
      new Journal("my-ip", Clock.fixed(START, ZoneOffset.UTC), Explainers.REAL);

  private StatusView view(Map<String, String> environment, Duration later) {
    Settings settings = Settings.read(environment, new Properties());
    return new StatusViews(settings, "1.2.3", List::of, Leadership.ALONE)
        .of(Map.of("metallb-system/public", journal.situation()), List.of(), START.plus(later));
  }

  private StatusView view() {
    return view(Map.of(), Duration.ZERO);
  }

  private static PoolState pool(Map<String, String> moreAnnotations) {
    Map<String, String> annotations = new HashMap<>(moreAnnotations);
    annotations.put(PoolState.RECORD, OURS);
    return PoolState.of("1", List.of(IPV4, OURS), annotations, START);
  }

  private static PoolState retiringPool() {
    return PoolState.of(
        "1",
        List.of(IPV4, OURS, NEXT),
        Map.of(
            PoolState.RECORD,
            OURS + "," + NEXT,
            PoolState.RETIRING,
            OURS + "=2026-11-22T12:00:00Z"),
        START);
  }

  private static PoolPass pass(PoolPlan plan) {
    return PoolPass.place("home/public").with(plan.current()).with(plan);
  }

  private static PoolPlan plan(String desired, Map<String, String> moreAnnotations) {
    return PoolPlan.of(pool(moreAnnotations), AddressRange.parseEntry(desired).orElseThrow());
  }

  @Test
  void startsWithNothingKnown() {
    StatusView view = view();
    assertThat(view.one().state()).isEqualTo(State.STARTING);
    assertThat(view.source().state()).isEqualTo("waiting");
    assertThat(view.one().pool().entries()).isEmpty();
    assertThat(view.program().version()).isEqualTo("1.2.3");
    assertThat(StatusPage.of(view))
        .contains(
            "Starting · no prefix yet",
            ">no prefix yet<",
            "It has not been read yet.",
            "no answer yet",
            "nobody yet",
            "not yet",
            "not told",
            "none pending",
            "none since the start",
            "the program looks at services when a pass has read the pool",
            "Nothing since the start.")
        .doesNotContain("its account may not", " ago", "Answered by <", "Why");
  }

  @Test
  void saysThatServicesCannotBeSeenOnceThatIsKnown() {
    journal.planned(pass(plan(OURS, Map.of())));
    assertThat(StatusPage.of(view())).contains("its account may not list and watch them");
  }

  @Test
  void marksWhatIsOurs() {
    journal.answered(
        new CurrentPrefix(
            Ipv6Prefix.parse("2001:db8:a::/64"), List.of("my-ip"), Lifetimes.UNKNOWN));
    journal.planned(pass(plan(OURS, Map.of())));
    journal.succeeded();

    assertThat(view().one().state()).isEqualTo(State.IN_SYNC);
    assertThat(view().one().pool().entries())
        .containsExactly(
            new PoolView.Entry(IPV4, false, EntryRole.FOREIGN),
            new PoolView.Entry(OURS, true, EntryRole.OURS));
    assertThat(view().source().prefix()).isEqualTo("2001:db8:a::/64");
    assertThat(view().one().checks().lastSuccessAt()).isEqualTo(START);
    assertThat(StatusJson.of(view())).contains("\"lastSuccessAt\":\"2026-11-22T12:00:00Z\"");
  }

  @Test
  void tellsAChangeFromWhatWouldBeChanged() {
    journal.planned(pass(plan(NEXT, Map.of())));
    assertThat(view().one().state()).isEqualTo(State.CHANGING);
    assertThat(view(Map.of("METALLB_DYN6_DRY_RUN", "TRUE"), Duration.ZERO).one().state())
        .isEqualTo(State.WOULD_CHANGE);
  }

  @Test
  void tellsThatMetalLbIsStillToBeRestarted() {
    journal.planned(pass(plan(OURS, Map.of(PoolState.RELOAD_MARK, "all"))));
    assertThat(view().one().state()).isEqualTo(State.RELOADING);
    assertThat(view().one().pool().reloadPending()).isTrue();
  }

  @Test
  void tellsWhenMetalLbWasRestartedLast() {
    assertThat(view().one().pool().reloadedAt()).isNull();
    Restart done = new Restart(Set.of("uid"), 1, List.of(), START, START, START);
    journal.note(at -> new RestartEvent.MetalLbReloaded(at.minusSeconds(60), done));
    journal.note(at -> new RestartEvent.MetalLbReloaded(at, done));
    assertThat(view().one().pool().reloadedAt()).isEqualTo(START);
  }

  @Test
  void tellsThatServicesAreStillToBeMoved() {
    journal.planned(
        pass(
            Transition.HANDOVER.plan(retiringPool(), AddressRange.parseEntry(NEXT).orElseThrow())));
    assertThat(view().one().state()).as("an old range that nobody uses").isEqualTo(State.IN_SYNC);
    journal.misplaced(2);
    assertThat(view().one().state()).isEqualTo(State.CHANGING);
    journal.misplaced(0);
    assertThat(view().one().state()).isEqualTo(State.IN_SYNC);
  }

  @Test
  void isNotInSyncBeforeTheHandoverHasCountedItsServices() {
    ServiceBoard board =
        new ServiceBoard(HandoverRule.of("0", 60).forPool("metallb-system/public"), true);
    board.open();
    board.changed(
        new ServiceState(
            "home",
            "web",
            "uid",
            "1",
            Map.of(),
            false,
            "",
            List.of("2001:db8:a::1000"),
            Optional.empty()));
    journal.attention().watches(board);
    journal.planned(
        pass(
            Transition.HANDOVER.plan(retiringPool(), AddressRange.parseEntry(NEXT).orElseThrow())));
    assertThat(view().one().services().counts()).containsEntry("moving", 1L);
    assertThat(view().one().state()).isEqualTo(State.CHANGING);
  }

  @Test
  void tellsAHoldFromAFailure() {
    journal.failed(new IOException("https://me:hush@example.com/?key=hush refused"));
    assertThat(view().one().state()).isEqualTo(State.FAILING);
    PoolView.Reason trouble = Objects.requireNonNull(view().one().trouble());
    assertThat(trouble.text()).contains("example.com").doesNotContain("hush");
    assertThat(trouble.advice()).isNotBlank();

    journal.failed(new RefusedAnswer(RefusedAnswer.Reason.IPV4, "192.0.2.1 is IPv4"));
    assertThat(view().one().state()).isEqualTo(State.HOLDING);
    assertThat(view().source().state()).isEqualTo("refused");
    assertThat(view().one().history())
        .extracting(PoolView.Event::kind)
        .startsWith("held", "passFailed");
  }

  /** The pool has been changed by then, so that nobody keeps it as it is on purpose. */
  @Test
  void tellsAHandoverThatWaitsForMetalLbFromAHold() {
    journal.failed(new ChangeHeld("services stay on their addresses", ChangeHeld.Reason.METALLB));
    assertThat(view().one().state()).isEqualTo(State.CHANGING);
    assertThat(Objects.requireNonNull(view().one().trouble()).advice()).contains("MetalLB");
  }

  /** Programs that read only what stood there before there were several pools see no green. */
  @Test
  void showsThePoolThatIsWorstOffAboveAll() {
    Journal other = new Journal("my-ip", Clock.fixed(START, ZoneOffset.UTC), Explainers.REAL);
    journal.succeeded();
    other.failed(new IOException("no route"));
    Map<String, Status> all = new LinkedHashMap<>();
    all.put("metallb-system/a", journal.situation());
    all.put("metallb-system/b", other.situation());

    Settings settings = Settings.read(Map.of(), new Properties());
    StatusView view =
        new StatusViews(settings, "1.2.3", List::of, Leadership.ALONE).of(all, List.of(), START);
    assertThat(view.one().state()).isEqualTo(State.FAILING);
    assertThat(view.one().pool().name()).isEqualTo("b");
  }

  @Test
  void saysWhenNoCheckEndsAnyMore() {
    journal.succeeded();
    assertThat(view(Map.of(), Duration.ofHours(1)).one().state()).isEqualTo(State.SILENT);
  }
}
