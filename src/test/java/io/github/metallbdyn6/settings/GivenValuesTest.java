package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GivenValuesTest {
  private final Map<String, String> environment = new HashMap<>();
  private final Properties system = new Properties();

  private GivenValues given(String... words) {
    return new GivenValues(Arguments.of(List.of(words)), environment, system);
  }

  @Test
  void anArgumentCountsMoreThanAVariableAndThatMoreThanAProperty() {
    system.setProperty("metallb-dyn6.quorum", "2");
    assertThat(given().of(Setting.QUORUM)).isEqualTo("2");
    environment.put("METALLB_DYN6_QUORUM", " 3 ");
    assertThat(given().of(Setting.QUORUM)).isEqualTo("3");
    assertThat(given("--quorum=4").of(Setting.QUORUM)).isEqualTo("4");
  }

  @Test
  void anEmptyValueIsNotSet() {
    environment.put("METALLB_DYN6_QUORUM", " ");
    assertThat(given().of(Setting.QUORUM)).isEmpty();
    assertThat(given().has(Setting.QUORUM)).isFalse();
    assertThat(given("--quorum=4").has(Setting.QUORUM)).isTrue();
  }

  @Test
  void theLogLevelMayComeFromThePredecessorsVariable() {
    environment.put("RUST_LOG", "debug");
    assertThat(given().of(Setting.LOG_LEVEL)).isEqualTo("debug");
    assertThat(given().has(Setting.LOG_LEVEL)).isFalse();
    environment.put("METALLB_DYN6_LOG_LEVEL", "warn");
    assertThat(given().of(Setting.LOG_LEVEL)).isEqualTo("warn");
  }

  @Test
  void namesASettingAsTheUserDoes() {
    assertThat(given().nameOf(Setting.QUORUM)).isEqualTo("METALLB_DYN6_QUORUM");
    assertThat(given("--quorum=4").nameOf(Setting.QUORUM)).isEqualTo("--quorum");
  }
}
