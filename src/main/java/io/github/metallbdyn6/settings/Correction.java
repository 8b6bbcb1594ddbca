package io.github.metallbdyn6.settings;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Settings with an example in the place of each value that is wrong. */
public final class Correction {
  private final Settings wrong;
  private final Map<String, String> environment;

  private Correction(Settings wrong) {
    this.wrong = wrong;
    this.environment = new HashMap<>(wrong.given().environment());
  }

  /** Returns right settings; nothing where a value that is wrong has no example. */
  public static Optional<Settings> of(Settings wrong) {
    return new Correction(wrong).make();
  }

  private Optional<Settings> make() {
    SettingsCheck check = new SettingsCheck(wrong);
    for (Setting setting : Setting.values()) {
      String value =
          check.anyProblemOf(setting).isEmpty()
              ? wrong.raw(setting)
              : new Example(wrong).of(setting).orElse("");
      environment.put(setting.variable(), value);
    }
    for (Problem parameter : read().problems()) {
      environment.put(parameter.variable(), Optional.ofNullable(parameter.example()).orElse(""));
    }
    return Optional.of(read()).filter(settings -> settings.problems().isEmpty());
  }

  /** Every argument stands in the environment by now. */
  private Settings read() {
    return Settings.read(Arguments.of(List.of()), environment, wrong.given().system());
  }
}
