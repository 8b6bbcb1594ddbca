package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an old range stays when no service needs it any more, and at most. */
class HandoverRuleTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant SINCE = Instant.parse("2026-01-02T10:00:00Z");
  private static final int PATIENCE_SECONDS = 180;

  private static PoolState pool(String validUntil) {
    String retiring = A + "=" + SINCE + (validUntil.isEmpty() ? "" : "/" + validUntil);
    return PoolState.of(
        "1",
        List.of(A, B),
        Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, retiring),
        SINCE);
  }

  private static boolean retires(String retireAfter, String validUntil, Instant now) {
    HandoverRule rule = HandoverRule.of(retireAfter, PATIENCE_SECONDS);
    PoolState pool = pool(validUntil);
    HandoverGoal goal = rule.goalUnder(pool, range(B), Date.from(now));
    return !rule.retirement(pool, HandoverPlan.of(goal, List.of())).isEmpty();
  }

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "0,              '',                   0",
    "600,            '',                   600",
    "600,            2026-01-02T12:00:00Z, 600",
    "valid-lifetime, 2026-01-02T12:00:00Z, 7200",
    "valid-lifetime, '',                   0",
    "valid-lifetime, 2026-03-02T12:00:00Z, 604800"
  })
  void staysExactlyAsLongAsTheRuleSays(String retireAfter, String validUntil, int seconds) {
    Instant end = SINCE.plusSeconds(seconds);

    assertThat(retires(retireAfter, validUntil, end)).isTrue();
    assertThat(retires(retireAfter, validUntil, end.minusMillis(1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0,              '',                   360",
    "600,            '',                   600",
    "valid-lifetime, 2026-01-02T12:00:00Z, 7200"
  })
  void isKeptNoLongerForAServiceThatCannotMove(String retireAfter, String validUntil, int seconds) {
    HandoverRule rule = HandoverRule.of(retireAfter, PATIENCE_SECONDS);
    Instant end = SINCE.plusSeconds(seconds);

    assertThat(rule.goalUnder(pool(validUntil), range(B), Date.from(end)).expired())
        .containsExactly(range(A));
    assertThat(rule.goalUnder(pool(validUntil), range(B), Date.from(end.minusMillis(1))).expired())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "604801", "1h", "valid", "00"})
  void isANumberOfSecondsOrTheWord(String retireAfter) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HandoverRule.of(retireAfter, PATIENCE_SECONDS));
  }

  /** A program that comes back after an hour must not take the addresses away at once. */
  @Test
  void timeInWhichNoProgramRanCountsForNoService() {
    HandoverRule rule = HandoverRule.of("0", PATIENCE_SECONDS);
    Instant start = SINCE.plusSeconds(3600);

    assertThat(goalSeenSince(rule, start, start).closing()).isEmpty();
    assertThat(goalSeenSince(rule, start, start.plusSeconds(180)).closing())
        .containsExactly(range(A));
    assertThat(goalSeenSince(rule, start, start.plusSeconds(359)).expired()).isEmpty();
    assertThat(goalSeenSince(rule, start, start.plusSeconds(360)).expired())
        .containsExactly(range(A));
  }

  private static HandoverGoal goalSeenSince(HandoverRule rule, Instant seen, Instant now) {
    return rule.goalUnder(pool(""), range(B), Date.from(now), old -> seen);
  }
}
