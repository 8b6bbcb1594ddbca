package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ValueTypeTest {
  @Test
  void aNumberSaysItsUnitAndItsEndsAndKeepsToThem() {
    ValueType seconds = ValueType.number("seconds", 1, 3600);

    assertThat(seconds.unit()).isEqualTo("seconds, 1 to 3600");
    seconds.check().accept("1");
    seconds.check().accept("3600");
    assertThatThrownBy(() -> seconds.check().accept("3601"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a whole number from 1 to 3600");
  }

  @Test
  void digitsAreThoseOfTheCommandLineInEveryLanguage() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(ValueType.number("seconds", 1, 60).unit()).isEqualTo("seconds, 1 to 60");
    } finally {
      Locale.setDefault(before);
    }
  }
}
