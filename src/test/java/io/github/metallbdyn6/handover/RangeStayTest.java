package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.RetiringRange;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeStayTest {
  private static final int PATIENCE_SECONDS = 180;
  private static final Instant SINCE = Instant.parse("2026-01-02T10:00:00Z");
  private static final RetiringRange OLD =
      new RetiringRange(HandoverGoals.A, SINCE, Optional.of(SINCE.plusSeconds(7200)));

  @ParameterizedTest
  @CsvSource({"0, 0, 360", "359, 359, 360", "600, 600, 600", "valid-lifetime, 7200, 7200"})
  void endsAtOnceWhereNobodyNeedsTheRangeAndLeavesTimeForATryElsewhere(
      String retireAfter, int earliest, int latest) {
    RangeStay stay = RangeStay.of(retireAfter, PATIENCE_SECONDS);

    assertThat(stay.earliestEnd(OLD)).isEqualTo(SINCE.plusSeconds(earliest));
    assertThat(stay.latestEnd(OLD)).isEqualTo(SINCE.plusSeconds(latest));
  }

  @Test
  void closesAfterHalfOfItsTime() {
    RangeStay stay = RangeStay.of("600", PATIENCE_SECONDS);

    assertThat(stay.isClosing(OLD, SINCE, SINCE.plusSeconds(299))).isFalse();
    assertThat(stay.isClosing(OLD, SINCE, SINCE.plusSeconds(300))).isTrue();
    assertThat(stay.isExpired(OLD, SINCE, SINCE.plusSeconds(599))).isFalse();
    assertThat(stay.isExpired(OLD, SINCE, SINCE.plusSeconds(600))).isTrue();
  }
}
