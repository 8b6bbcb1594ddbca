package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VariableNameTest {
  @ParameterizedTest
  @EnumSource
  void theKeyOfAVariableLeadsBackToIt(Setting setting) {
    assertThat(VariableName.of(setting.key())).isEqualTo(setting.variable());
    assertThat(VariableName.keyOf(setting.variable())).isEqualTo(setting.key());
  }
}
