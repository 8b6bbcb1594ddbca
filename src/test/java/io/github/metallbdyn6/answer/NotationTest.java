package io.github.metallbdyn6.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2001:db8:b:1200::/56, 2d23h46m40s | 2001:db8:b:1200::/56",
        "2001:db8:b:1200::/56, 1w          | 2001:db8:b:1200::/56",
        "2001:db8:b:1200::/56, 3 days      | 2001:db8:b:1200::/56, 3 days",
        "2001:db8:b:1200::/56              | 2001:db8:b:1200::/56",
        "see 2001:db8::1, 5m               | see 2001:db8::1, 5m"
      })
  void takesAwayTheTimeThatIsLeft(String text, String expected) {
    assertThat(Notation.withoutTime(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "0d0h0m0s"})
  void refusesAPrefixWhoseTimeIsOver(String time) {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> Notation.withoutTime("2001:db8:b:1200::/56, " + time))
        .returns(RefusedAnswer.Reason.LIFETIME, RefusedAnswer::reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::1", "2001:db8::/56", "Forbidden", "", "[]", "1.2.3.4", "<p>"})
  void hasNoNameForAnythingElse(String text) {
    assertThat(Notation.nameOf(text)).isEmpty();
  }

  /** A regular expression could take very long for a text that almost fits. */
  @Test
  void isQuickWithAnyText() {
    assertThat(Notation.nameOf("2001:db8:" + "0:".repeat(20_000) + "!")).isEmpty();
  }
}
