package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.pool.PoolWishes;
import io.github.metallbdyn6.pool.WrongPoolRules;
import io.github.metallbdyn6.text.Redaction;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings of one pool: those of the program, and before them the pool's annotations. */
public final class PoolSettings {
  private static final Map<String, Setting> SETTINGS =
      Map.of(
          PoolWishes.HOST_RANGE, Setting.HOST_RANGE,
          PoolWishes.SUBNET, Setting.SUBNET_OVERRIDE,
          PoolWishes.TRANSITION, Setting.TRANSITION,
          PoolWishes.RETIRE_AFTER, Setting.RETIRE_AFTER);

  private static final List<String> AFTER_RELEASE = List.of("keep", "remove");

  private PoolSettings() {}

  /**
   * Returns the settings of a pool.
   *
   * @throws WrongPoolRules with the words for a wrong setting when an annotation cannot be right
   */
  public static Settings of(Settings program, String pool, PoolWishes wishes) {
    Settings settings = program;
    for (String annotation : PoolWishes.ANNOTATIONS) {
      String value = wishes.texts().get(annotation);
      Setting setting = SETTINGS.get(annotation);
      if (value != null && setting != null) {
        settings = settings.with(setting, value);
      }
    }
    SettingsCheck check = new SettingsCheck(settings);
    wishes
        .texts()
        .forEach((name, value) -> require(pool, name, value, problemOf(check, name, value)));
    return settings;
  }

  private static Optional<String> problemOf(SettingsCheck check, String annotation, String value) {
    Setting setting = SETTINGS.get(annotation);
    if (setting != null) {
      return value.isBlank() ? Optional.of("it is empty") : check.anyProblemOf(setting);
    }
    return AFTER_RELEASE.contains(value)
        ? Optional.empty()
        : Optional.of("neither keep nor remove");
  }

  private static void require(
      String pool, String annotation, String value, Optional<String> problem) {
    if (problem.isPresent()) {
      throw new WrongPoolRules(
          "the annotation %s=%s of pool %s is wrong: %s"
              .formatted(annotation, Redaction.of(value), pool, problem.get()));
    }
  }
}
