package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.Explainers;
import io.github.metallbdyn6.testbed.ProgramLog;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoverJournalTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Journal told = new Journal("my-ip", clock, Explainers.REAL);
  private final HandoverJournal journal = new HandoverJournal(told);

  /** A pass with the plan for services that want what cannot be had. */
  private static PoolPass plan(String... hostParts) {
    PoolState pool = PoolState.of("1", List.of(A), Map.of(PoolState.RECORD, A), NOW);
    List<ServiceState> services =
        IntStream.range(0, hostParts.length).mapToObj(i -> service(i, hostParts[i])).toList();
    HandoverGoal goal =
        HandoverRule.of("0", 180)
            .goalUnder(pool, AddressRange.parseEntry(A).orElseThrow(), Date.from(NOW));
    PoolPass pass = PoolPass.place("home/public").with(pool).with(goal);
    return pass.with(pass.handover().planned(HandoverPlan.of(goal, services)));
  }

  private static ServiceState service(int number, String hostPart) {
    return new ServiceState(
        "home",
        "web" + number,
        "uid" + number,
        "1",
        Map.of("metallb-dyn6/host-part", hostPart),
        true,
        "",
        List.of("2001:db8:a::1%03d".formatted(number)),
        Optional.empty());
  }

  HandoverJournalTest() {
    told.addReader(new PassLog());
  }

  private List<String> said(PoolPass... passes) {
    try (ProgramLog log = new ProgramLog()) {
      for (PoolPass plan : passes) {
        journal.ended(plan);
      }
      return log.lines();
    }
  }

  @Test
  void saysOnceThatATextCannotBeFollowedHoweverItIsEdited() {
    assertThat(said(plan("nonsense"), plan("more nonsense"), plan("x".repeat(200_000))))
        .singleElement()
        .asString()
        .hasSizeLessThan(400)
        .contains("home/web0", "\"nonsense\"");
  }

  @Test
  void aDryRunSaysThatItWouldRewriteAPinAndNotThatItHas() {
    PoolState pool = PoolState.of("1", List.of("192.0.2.10-192.0.2.20", A), Map.of(), NOW);
    ServiceState pinned =
        new ServiceState(
            "home",
            "mail",
            "uid",
            "1",
            Map.of("metallb.universe.tf/loadBalancerIPs", "192.0.2.12,2001:db8:dead::1025"),
            true,
            "",
            List.of(),
            Optional.empty());
    HandoverGoal goal =
        HandoverRule.of("0", 180)
            .forPool("home/public")
            .goalUnder(pool, AddressRange.parseEntry(A).orElseThrow(), Date.from(NOW));
    PoolPass pass = PoolPass.place("home/public").with(pool).with(goal);
    try (ProgramLog log = new ProgramLog()) {
      journal.wouldMove(pass.with(pass.handover().planned(HandoverPlan.of(goal, List.of(pinned)))));
      assertThat(log.lines())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains("would rewrite home/mail: ")
                      .contains(
                          "requests 2001:db8:dead::1025, which the pool does not have: 2001:db8:a::1025 takes its place"))
          .noneSatisfy(line -> assertThat(line).contains("would not move"));
    }
  }

  @Test
  void saysSoForEachService() {
    assertThat(said(plan("nonsense"), plan("nonsense", "nonsense")))
        .satisfiesExactly(
            line -> assertThat(line).contains("home/web0"),
            line -> assertThat(line).contains("home/web1"));
  }

  /** A crowd takes several passes; MetalLB goes on between them. */
  @Test
  void countsEachServiceOnceHoweverManyPassesAMoveTakes() {
    assertThat(
            said(
                move(List.of(A, A), List.of(A, A)),
                move(List.of(A, B), List.of(A, B)),
                move(List.of(B, B), List.of(B, B))))
        .filteredOn(line -> line.contains("moved to"))
        .satisfiesExactly(
            line -> assertThat(line).contains("1 service has moved to " + B),
            line -> assertThat(line).contains("1 service has moved to " + B));
  }

  /** A pass that finds and leaves services in these ranges. */
  private static PoolPass move(List<String> before, List<String> after) {
    PoolState pool =
        PoolState.of(
            "1",
            List.of(A, B),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, A + "=" + NOW),
            NOW);
    HandoverGoal goal =
        HandoverRule.of("0", 180)
            .goalUnder(pool, AddressRange.parseEntry(B).orElseThrow(), Date.from(NOW));
    PoolPass pass = PoolPass.place("home/public").with(pool).with(goal);
    pass = pass.with(pass.handover().heard(in(before)));
    pass = pass.with(pass.handover().planned(HandoverPlan.of(goal, in(before))));
    pass = pass.with(pass.handover().heard(in(after)));
    return pass.with(pass.handover().planned(HandoverPlan.of(goal, in(after))));
  }

  private static List<ServiceState> in(List<String> ranges) {
    return IntStream.range(0, ranges.size())
        .mapToObj(i -> serviceAt(i, ranges.get(i).replaceFirst("::1000-.*", "::100" + i)))
        .toList();
  }

  private static ServiceState serviceAt(int number, String address) {
    return new ServiceState(
        "home",
        "web" + number,
        "uid" + number,
        "1",
        Map.of(),
        true,
        "",
        List.of(address),
        Optional.empty());
  }
}
