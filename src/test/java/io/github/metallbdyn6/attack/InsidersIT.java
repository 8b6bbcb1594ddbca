package io.github.metallbdyn6.attack;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/**
 * Somebody who may edit the services of one namespace, against the services of another one. All
 * attacks meet the same program, one prefix after the other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InsidersIT {
  private static final String PIN = "metallb.io/loadBalancerIPs";
  private static final String UNREAD_PIN = "metallb.universe.tf/loadBalancerIPs";
  private static final String RECORD = "metallb-dyn6/handover";
  private static final String HOST_PART = "metallb-dyn6/host-part";
  private static final String SHARING = "metallb.io/allow-shared-ip";

  private Neighbourhood here;

  @BeforeAll
  void start() {
    here = new Neighbourhood(RealMetalLbRelease.V0_15, Duration.ofSeconds(6));
    here.awaitStart();
  }

  @AfterEach
  void callOff() {
    here.insider.leave();
    here.awaitOnlyThePrefix();
  }

  @AfterAll
  void stop() throws Exception {
    here.close();
  }

  private String record(String stage, String to, String from, String pin, String since) {
    return "%s; pool=%s; to=%s; from=%s; pin=%s; since=%s"
        .formatted(stage, here.pool(), to, from, pin, since);
  }

  private String text(Wanted wanted) {
    return String.join(",", here.create(wanted));
  }

  @Test
  @DisplayName("A record of a time that no clock shows, on one service")
  void absurdTime(TestReporter reporter) {
    List<String> stages = List.of("moving", "returning", "given-up");
    for (String stage : stages) {
      String own = text(Wanted.dualStack(stage));
      here.insider
          .services()
          .annotate(
              stage,
              RECORD,
              record(
                  stage,
                  own,
                  own.replaceAll("::[0-9]+", "::1777"),
                  "yours",
                  "+1000000000-12-31T23:59:59.999999999Z"));
    }
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
    here.awaitOnlyThePrefix();
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(stages.size()));
  }

  @Test
  @DisplayName("A record of the year 9999 on a service that MetalLB does not serve")
  void farFuture() {
    here.insider
        .services()
        .create(
            Wanted.dualStack("elsewhere")
                .inClass("example.com/other")
                .annotated(
                    RECORD,
                    record(
                        "returning",
                        "2001:db8:ffff::1700",
                        "2001:db8:ffff::1701",
                        "yours",
                        "9999-12-31T23:59:59Z")));
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
    here.awaitOnlyThePrefix();
    assertThat(here.create(Wanted.dualStack("newcomer")))
        .anyMatch(address -> address.startsWith(here.prefix()));
  }

  @Test
  @DisplayName(
      "A record that is written anew every half second, so that the service moves for ever")
  void alwaysFresh(TestReporter reporter) throws InterruptedException {
    String old = here.prefix();
    here.insider.services().create(Wanted.dualStack("elsewhere").inClass("example.com/other"));
    try (Repeated attack =
        new Repeated(
            () ->
                here.insider
                    .services()
                    .annotate(
                        "elsewhere",
                        RECORD,
                        record(
                            "returning",
                            "2001:db8:ffff::1700",
                            old + "::1701",
                            "yours",
                            Instant.now().toString())))) {
      here.changePrefix();

      here.awaitEverybodyUnderThePrefix();
      here.awaitOnlyThePrefix();
      reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(attack.times()));
    }
  }

  @Test
  @DisplayName("A record by which the service moves to the host part of a neighbour")
  void stolenHostPart(TestReporter reporter) {
    List<String> victims = List.of("web", "mail", "pinned");
    int before = here.program.output().length();
    for (String victim : victims) {
      String own = text(Wanted.dualStack("thief-of-" + victim));
      String there =
          Stream.of(own.split(","))
              .map(it -> it.contains(":") ? ipv6Of(victim) : it)
              .collect(joining(","));
      here.insider
          .services()
          .patch(
              "thief-of-" + victim,
              """
              {"metadata": {"annotations": {"%s": "%s", "%s": "%s", "%s": "%s"}}}
              """
                  .formatted(
                      PIN,
                      own,
                      UNREAD_PIN,
                      there,
                      RECORD,
                      record("moving", there, own, UNREAD_PIN, Instant.now().toString())));
    }
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
    assertThat(here.program.output().substring(before))
        .as("nobody waits for a thief")
        .doesNotContain("is taken by " + here.insider.services().namespace());
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(victims.size()));
  }

  private String ipv6Of(String victim) {
    return here.services().addresses(victim).stream()
        .filter(it -> it.contains(":"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  @DisplayName("Pins for the whole range under the key that MetalLB does not read")
  void pinsForTheWholeRange(TestReporter reporter) {
    String own = text(Wanted.dualStack("greedy"));
    String all =
        IntStream.rangeClosed(0x1000, 0x1999)
            .mapToObj(part -> "%s::%x".formatted(here.prefix(), part))
            .collect(joining(","));
    here.insider.services().annotate("greedy", PIN, own);
    here.insider.services().annotate("greedy", UNREAD_PIN, all);
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
    here.awaitOnlyThePrefix();
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(all.split(",").length));
  }

  @Test
  @DisplayName(
      "The host part of a neighbour declared as one's own, with the neighbour's sharing key")
  void declaredHostPart(TestReporter reporter) {
    List<String> victims = List.of("web", "mail", "pinned", "six");
    for (String victim : victims) {
      here.services().annotate(victim, SHARING, "door-of-" + victim);
      here.insider
          .services()
          .create(
              Wanted.dualStack("thief-of-" + victim)
                  .annotated(HOST_PART, ipv6Of(victim).replace(here.prefix(), ""))
                  .annotated(SHARING, "door-of-" + victim));
    }
    here.changePrefix();

    here.awaitEverybodyUnderThePrefix();
    here.awaitOnlyThePrefix();
    victims.forEach(victim -> here.services().annotate(victim, SHARING, null));
    reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(victims.size()));
  }

  @Test
  @DisplayName("A host part of 200,000 characters, edited twice a second")
  void endlessHostPart(TestReporter reporter) throws InterruptedException {
    here.create(Wanted.dualStack("endless"));
    int before = here.program.output().length();
    try (Repeated attack =
        new Repeated(
            () ->
                here.insider
                    .services()
                    .annotate(
                        "endless",
                        HOST_PART,
                        Long.toString(System.nanoTime(), 36) + "x".repeat(200_000)))) {
      attack.awaitTimes(12);
      here.changePrefix();
      here.awaitEverybodyUnderThePrefix();
      attack.awaitTimes(24);
      reporter.publishEntry(AttackReport.ATTEMPTS, String.valueOf(attack.times()));
    }
    here.awaitPasses(2);
    assertThat(here.program.output().length() - before).isLessThan(20_000);
  }
}
