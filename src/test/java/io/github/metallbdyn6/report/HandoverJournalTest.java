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
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
  private final Journal told = new Journal("my-ip", clock, Explainers.REAL);
  private final HandoverJournal journal = new HandoverJournal(told, clock);

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
  void saysSoForEachService() {
    assertThat(said(plan("nonsense"), plan("nonsense", "nonsense")))
        .satisfiesExactly(
            line -> assertThat(line).contains("home/web0"),
            line -> assertThat(line).contains("home/web1"));
  }
}
