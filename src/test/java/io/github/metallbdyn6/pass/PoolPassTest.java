package io.github.metallbdyn6.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pass knows this after each step, and that not yet. */
class PoolPassTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant SINCE = Instant.parse("2026-11-28T12:00:00Z");

  private static final PoolRules RULES =
      OnePool.rules("home/public", "::1000-::1999", Transition.HANDOVER);

  private final PlanSteps planning = new PlanSteps(OnePool.set(RULES), new ChangeRule(2, 0));

  private static CurrentPrefix found(String prefix) {
    return new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of("my-ip"), Lifetimes.UNKNOWN);
  }

  private static PoolState pool(Map<String, String> annotations) {
    return PoolState.of("1", List.of(A), annotations, SINCE);
  }

  @Test
  void namesTheFieldThatNoStepHasGivenYet() {
    assertThatIllegalStateException()
        .isThrownBy(() -> PoolPass.place("home/public").plan())
        .withMessageContaining("plan");
    assertThatIllegalStateException()
        .isThrownBy(() -> PoolPass.place("home/public").handover())
        .withMessageContaining("handover");
  }

  @Test
  void isHeldUntilThePrefixHasBeenFoundOftenEnough() {
    PoolPass first = planned(planning.begin(found("2001:db8:b::/64")));
    PoolPass second = planned(planning.begin(found("2001:db8:b::/64")));

    assertThat(first.range()).hasToString(B);
    assertThat(first.plan().held()).isPresent();
    assertThat(first.isDue()).isFalse();
    assertThat(second.isDue()).isTrue();
  }

  private PoolPass planned(Pass pass) {
    PoolPass ranged =
        planning.range(pass.pools().get(0).with(RULES)).with(pool(Map.of(PoolState.RECORD, A)));
    return planning.settle(ranged.with(PoolPlan.of(ranged.state(), ranged.range())));
  }

  @Test
  void saysInWordsWhatIsKnownSoFar() {
    Pass pass = planning.begin(found("2001:db8:b::/64"));

    assertThat(pass).hasToString("prefix 2001:db8:b::/64, as my-ip says, for [home/public]");
    assertThat(pass.pools().get(0)).hasToString("home/public: prefix 2001:db8:b::/64");
    assertThat(planned(planning.begin(found("2001:db8:b::/64"))))
        .hasToString(
            "home/public: prefix 2001:db8:b::/64; range %s; has [%s]; to do: %s replaced by %s"
                .formatted(B, A, A, B));
  }

  @Test
  void isDueAsLongAsARestartIsOwed() {
    PoolState owing = pool(Map.of(PoolState.RECORD, A, PoolState.RELOAD_MARK, "all"));
    PoolPass pass = PoolPass.place("home/public").with(owing);
    AddressRange range = AddressRange.parseEntry(A).orElseThrow();

    assertThat(pass.with(PoolPlan.of(owing, range)).isDue()).isTrue();
    assertThat(
            pass.with(owing.withoutReloadMark())
                .with(PoolPlan.of(owing.withoutReloadMark(), range))
                .isDue())
        .isFalse();
  }

  /** The range has retired for an hour, and this process has only just begun. */
  @Test
  void countsNoTimeInWhichNoProgramRan() {
    HandoverSteps steps =
        new HandoverSteps(new HandoverSchedule(), state -> Uptake.DONE, Optional::empty);
    PoolState widened =
        PoolState.of(
            "1",
            List.of(A, B),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, A + "=" + SINCE),
            SINCE);
    PoolPass pass =
        PoolPass.place("home/public")
            .with(widened)
            .with(RULES)
            .with(Transition.HANDOVER.plan(widened, AddressRange.parseEntry(B).orElseThrow()));
    Instant start = SINCE.plusSeconds(3600);

    assertThat(steps.goal(pass, Date.from(start)).handover().goal().expired()).isEmpty();
    assertThat(steps.goal(pass, Date.from(start.plusSeconds(360))).handover().goal().expired())
        .hasSize(1);
  }
}
