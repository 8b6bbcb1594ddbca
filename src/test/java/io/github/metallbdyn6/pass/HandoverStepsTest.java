package io.github.metallbdyn6.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Services wait for a restart that an old MetalLB needs, for whichever pool. */
class HandoverStepsTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final PoolRules RULES =
      OnePool.rules("home/public", "::1000-::1999", Transition.HANDOVER);

  private Optional<String> owing = Optional.of("home/internal");
  private Uptake uptake = Uptake.SILENT;
  private final HandoverSteps steps =
      new HandoverSteps(new HandoverSchedule(), state -> uptake, () -> owing);

  private PoolPass widened(Map<String, String> more) {
    Map<String, String> annotations = new HashMap<>(more);
    annotations.put(PoolState.RECORD, A + "," + B);
    annotations.put(PoolState.RETIRING, A + "=" + NOW);
    PoolState state = PoolState.of("1", List.of(A, B), annotations, NOW);
    PoolPass pass =
        PoolPass.place("home/public")
            .with(state)
            .with(RULES)
            .with(Transition.HANDOVER.plan(state, AddressRange.parseEntry(B).orElseThrow()));
    return steps.goal(pass, Date.from(NOW));
  }

  @Test
  void waitsForTheRestartThatAnotherPoolOwes() {
    assertThat(steps.isLookDue(widened(Map.of()))).isFalse();
    assertThat(steps.awaitsRestart()).isTrue();

    owing = Optional.empty();
    assertThat(steps.awaitsRestart()).isFalse();
    assertThat(steps.isLookDue(widened(Map.of()))).isTrue();
  }

  @Test
  void saysWhyWhenTheRestartDoesNotCome() {
    PoolPass pass = widened(Map.of());
    assertThat(steps.isLookDue(pass)).isFalse();

    assertThatExceptionOfType(ChangeHeld.class)
        .isThrownBy(() -> steps.isLookDue(pass))
        .withMessage(
            "services stay on their addresses until MetalLB is restarted, as pool home/internal needs it");
  }

  /** Its pass must not fail, or the restart would never come. */
  @Test
  void waitsForARestartOfItsOwnInSilence() {
    PoolPass owes = widened(Map.of(PoolState.RELOAD_MARK, "all"));

    assertThat(steps.isLookDue(owes)).isFalse();
    assertThat(steps.isLookDue(owes)).isFalse();
  }

  @Test
  void waitsForNothingWhereMetalLbSaysThatItKnowsThePool() {
    uptake = Uptake.DONE;

    assertThat(steps.isLookDue(widened(Map.of()))).isTrue();
  }
}
