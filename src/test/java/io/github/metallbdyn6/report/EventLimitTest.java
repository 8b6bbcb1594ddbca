package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventLimitTest {
  private final EventLimit limit = new EventLimit();
  private Instant now = Instant.parse("2026-01-02T03:04:05Z");

  private boolean admitsAfter(Duration time, String what) {
    now = now.plus(time);
    return limit.admits(what, now);
  }

  @Test
  void admitsTheSameOnceAnHour() {
    assertThat(admitsAfter(Duration.ZERO, "a")).isTrue();
    assertThat(admitsAfter(Duration.ofMinutes(30), "a")).isFalse();
    assertThat(admitsAfter(Duration.ofMinutes(29), "b")).isTrue();
    assertThat(admitsAfter(Duration.ofMinutes(1), "a")).isTrue();
    assertThat(admitsAfter(Duration.ofMinutes(1), "a")).isFalse();
  }

  @Test
  void admitsNoMoreThanItsMostInAnyHourAndAsManyInTheNext() {
    int admitted = 0;
    for (int minute = 0; minute < 120; minute++) {
      admitted += admitsAfter(Duration.ofMinutes(1), "text " + minute) ? 1 : 0;
      assertThat(admitted).isLessThanOrEqualTo(minute < 60 ? 20 : 40);
    }
    assertThat(admitted).isEqualTo(40);
  }

  @Test
  void isNotSilencedByAClockThatIsPutBack() {
    assertThat(admitsAfter(Duration.ZERO, "a")).isTrue();
    assertThat(admitsAfter(Duration.ofDays(-300), "a")).isTrue();
    assertThat(admitsAfter(Duration.ofMinutes(1), "a")).isFalse();
  }
}
