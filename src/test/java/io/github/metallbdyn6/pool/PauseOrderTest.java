package io.github.metallbdyn6.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PauseOrderTest {
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "until 18:00,                     2026-11-28T18:00:00Z",
    "until 9:30,                      2026-11-29T09:30:00Z",
    "until 12:00,                     2026-11-29T12:00:00Z",
    "until 2026-12-24T20:15:30Z,      2026-12-24T20:15:30Z",
    "until 2026-12-24T20:15,          2026-12-24T20:15:00Z",
    "until 2026-12-24T20:15:00+01:00, 2026-12-24T19:15:00Z",
  })
  void lastsUntilTheTimeThatItNames(String text, Instant end) {
    PauseOrder order = PauseOrder.parse(text, NOW);

    assertThat(order.until()).contains(end);
    assertThat(PauseOrder.parse(order.toString(), NOW.plusSeconds(100_000))).isEqualTo(order);
    assertThat(order.isOver(end.minusSeconds(1))).isFalse();
    assertThat(order.isOver(end)).isTrue();
  }

  @Test
  void hasNoEndIfItNamesNone() {
    PauseOrder order = PauseOrder.parse(" true ", NOW);

    assertThat(order).isEqualTo(new PauseOrder(Optional.empty())).hasToString("true");
    assertThat(order.isOver(Instant.MAX)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "false", "18:00", "until", "until 25:00", "until noon"})
  void saysWhatToWriteInThePlaceOfAnotherText(String text) {
    assertThatThrownBy(() -> PauseOrder.parse(text, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("metallb-dyn6/pause=\"%s\" pauses nothing", text)
        .hasMessageContaining("until 18:00");
  }

  @Test
  void showsLittleOfAForeignText() {
    assertThatThrownBy(() -> PauseOrder.parse("a\nb\"" + "x".repeat(10_000), NOW))
        .hasMessageStartingWith("metallb-dyn6/pause=\"a?b?xxx")
        .message()
        .hasSizeLessThan(200);
  }
}
