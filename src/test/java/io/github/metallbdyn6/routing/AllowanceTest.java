package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AllowanceTest {
  private static final long SECOND = 1_000_000_000L;

  private final Allowance allowance = new Allowance(3, Duration.ofSeconds(6));
  private long now = -5 * SECOND; // a clock that may begin anywhere

  private long takeAfter(long seconds) {
    now += seconds * SECOND;
    return allowance.take(now) / SECOND;
  }

  @Test
  void isSomeAtOnceAndOneMoreAfterEachPause() {
    assertThat(takeAfter(0)).isZero();
    assertThat(takeAfter(0)).isZero();
    assertThat(takeAfter(0)).isZero();
    assertThat(takeAfter(0)).isEqualTo(6);
    assertThat(takeAfter(4)).isEqualTo(2);
    assertThat(takeAfter(2)).isZero();
    assertThat(takeAfter(0)).isEqualTo(6);
  }

  @Test
  void isWholeAgainAfterAllPausesAndNoMore() {
    for (int i = 0; i < 3; i++) {
      takeAfter(0);
    }
    assertThat(takeAfter(1_000)).isZero();
    assertThat(takeAfter(0)).isZero();
    assertThat(takeAfter(0)).isZero();
    assertThat(takeAfter(0)).isEqualTo(6);
  }
}
