package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When services are looked at again. */
class HandoverScheduleTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant SINCE = Instant.parse("2026-01-02T10:00:00Z");
  private static final HandoverRule RULE = HandoverRule.of("60", 180);

  private final HandoverSchedule lookout = new HandoverSchedule();

  private static PoolState pool(String retiring) {
    return PoolState.of(
        "1",
        List.of(A, B),
        Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, retiring),
        SINCE);
  }

  private static HandoverGoal goal(int secondsLater) {
    AddressRange range = AddressRange.parseEntry(B).orElseThrow();
    return RULE.goalUnder(pool(A + "=" + SINCE), range, Date.from(SINCE.plusSeconds(secondsLater)));
  }

  private void look(PoolState pool, int secondsLater) {
    lookout.looked(RULE, pool, HandoverPlan.of(goal(secondsLater), List.of()));
  }

  @Test
  void isDueBeforeTheFirstLook() {
    assertThat(lookout.isDue(goal(0))).isTrue();
  }

  @Test
  void isNotDueBeforeTheTimeIsOver() {
    look(pool(A + "=" + SINCE), 0);

    assertThat(lookout.isDue(goal(59))).isFalse();
    assertThat(lookout.isDue(goal(60))).isTrue();
  }

  /** As when somebody puts the pool back to an older state. */
  @Test
  void isDueWhenARangeRetiresOnceMore() {
    look(pool(""), 60);

    assertThat(lookout.isDue(goal(61))).isTrue();
  }
}
