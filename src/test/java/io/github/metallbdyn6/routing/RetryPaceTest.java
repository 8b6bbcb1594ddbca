package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPaceTest {
  private final RetryPace pace = new RetryPace();

  @Test
  void isOfSecondsAtFirstAndOfAMinuteAfterTenMinutes() {
    List<Long> waits = new ArrayList<>();
    Duration time = Duration.ofDays(3);
    for (int tries = 0; tries < 55; tries++) {
      long wait = pace.next(time.toNanos());
      waits.add(wait);
      time = time.plusMillis(wait);
    }

    assertThat(waits)
        .startsWith(2000L, 2000L, 2000L)
        .isSorted()
        .contains(15_000L)
        .endsWith(60_000L);
  }

  @Test
  void beginsAnewAfterASuccess() {
    pace.next(0);
    assertThat(pace.next(Duration.ofHours(1).toNanos())).isEqualTo(60_000);

    pace.end();

    assertThat(pace.next(Duration.ofHours(2).toNanos())).isEqualTo(2000);
  }
}
