package io.github.metallbdyn6.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SettingTest {

  @ParameterizedTest
  @CsvSource({
    "SOURCE,                 METALLB_DYN6_SOURCE,                 metallb-dyn6.source,                 my-ip",
    "METALLB_POOL,           METALLB_DYN6_METALLB_POOL,           metallb-dyn6.metallb-pool,           ''",
    "HOST_RANGE,             METALLB_DYN6_HOST_RANGE,             metallb-dyn6.host-range,             ''",
    "METALLB_NAMESPACE,      METALLB_DYN6_METALLB_NAMESPACE,      metallb-dyn6.metallb-namespace,      metallb-system",
    "METALLB_LABEL_SELECTOR, METALLB_DYN6_METALLB_LABEL_SELECTOR, metallb-dyn6.metallb-label-selector, 'app.kubernetes.io/name=metallb,app.kubernetes.io/instance=metallb'",
    "SUBNET_OVERRIDE,        METALLB_DYN6_SUBNET_OVERRIDE,        metallb-dyn6.subnet-override,        ''",
    "PREFIX_LENGTH,          METALLB_DYN6_PREFIX_LENGTH,          metallb-dyn6.prefix-length,          ''",
    "UPDATE_INTERVAL,        METALLB_DYN6_UPDATE_INTERVAL,        metallb-dyn6.update-interval,        60",
    "DRY_RUN,                METALLB_DYN6_DRY_RUN,                metallb-dyn6.dry-run,                false"
  })
  void keepsThePredecessorsInterface(
      Setting setting, String variable, String key, String byDefault) {
    assertThat(setting.variable()).isEqualTo(variable);
    assertThat(setting.key()).isEqualTo(key);
    assertThat(Defaults.of(setting)).isEqualTo(byDefault);
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CA_FILE", "ROUTES"},
      mode = Mode.EXCLUDE)
  void hasAnExampleThatIsRight(Setting setting) {
    assertThatNoException().isThrownBy(() -> setting.check(setting.example()));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"CA_FILE", "ROUTES"},
      mode = Mode.EXCLUDE)
  void hasADefaultThatIsRightOrNone(Setting setting) {
    String byDefault = Defaults.of(setting);

    assertThatNoException()
        .isThrownBy(() -> setting.check(byDefault.isEmpty() ? setting.example() : byDefault));
  }

  @ParameterizedTest
  @EnumSource
  void hasALineInApplicationPropertiesUnlessItIsRequired(Setting setting) throws IOException {
    boolean required = setting.unit().contains("required");

    assertThat(applicationProperties().containsKey(setting.key())).isEqualTo(!required);
  }

  @Test
  void isThereForEveryKeyOfApplicationProperties() throws IOException {
    List<String> keys = Arrays.stream(Setting.values()).map(Setting::key).toList();

    assertThat(applicationProperties().stringPropertyNames())
        .filteredOn(key -> key.startsWith("metallb-dyn6."))
        .isSubsetOf(keys)
        .isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isExplainedByHelp(Setting setting) {
    String byDefault = Defaults.of(setting);

    assertThat(setting.meaning()).isNotBlank();
    assertThat(Help.text())
        .containsSubsequence(
            "\n  " + setting.variable() + ", --",
            setting.meaning(),
            setting.unit(),
            byDefault.isEmpty() ? "no default" : "default " + byDefault,
            "for example " + setting.example());
  }

  @Test
  void theIntroductionOfHelpFitsATerminal() {
    assertThat(Help.text().lines().takeWhile(line -> !line.startsWith("  METALLB_DYN6")))
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  private static Properties applicationProperties() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = SettingTest.class.getResourceAsStream("/application.properties")) {
      properties.load(Objects.requireNonNull(in));
    }
    return properties;
  }
}
