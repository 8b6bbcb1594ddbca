package io.github.metallbdyn6.settings;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The command line: every setting is a flag, {@code --update-interval 60} or {@code
 * --update-interval=60}, and the two that are required may stand there alone, host range and pool,
 * as the predecessor took them.
 */
public final class Arguments {
  private static final List<Setting> WITHOUT_FLAG =
      List.of(Setting.HOST_RANGE, Setting.METALLB_POOL);

  /** The task that the settings are for. */
  public enum Action {
    /** Run until stopped. */
    RUN,
    /** Say whether settings and routes are right. */
    CHECK,
    /** Print what there is to know. */
    HELP,
    /** Print the version. */
    VERSION
  }

  /** A value, and the name that it was given under. */
  record Given(String name, String value) {}

  private final Map<Setting, Given> given = new EnumMap<>(Setting.class);
  private final List<String> problems = new ArrayList<>();
  private Action action = Action.RUN;

  private Arguments() {}

  /** Reads a command line; values are not checked yet. */
  public static Arguments of(List<String> words) {
    Arguments arguments = new Arguments();
    Deque<String> left = new ArrayDeque<>(words);
    boolean flags = true;
    while (!left.isEmpty()) {
      String word = left.removeFirst();
      if (flags && word.equals("--")) {
        flags = false;
      } else if (flags && word.startsWith("-") && word.length() > 1) {
        arguments.flag(word, left);
      } else {
        arguments.alone(word);
      }
    }
    return arguments;
  }

  private void flag(String word, Deque<String> left) {
    switch (word) {
      case "--help", "-h" -> action = Action.HELP;
      case "--version", "-V" -> action = action == Action.HELP ? action : Action.VERSION;
      case "--check" -> action = action == Action.RUN ? Action.CHECK : action;
      default -> {
        String[] parts = word.split("=", 2);
        settingOf(parts[0])
            .ifPresentOrElse(
                setting -> value(setting, parts, left),
                () -> problems.add("unknown argument: " + parts[0]));
      }
    }
  }

  private void value(Setting setting, String[] parts, Deque<String> left) {
    if (parts.length == 2) {
      put(setting, parts[0], parts[1]);
    } else if (setting.isSwitch()) {
      put(setting, parts[0], "true");
    } else if (left.isEmpty() || isFlag(left.peekFirst())) {
      problems.add("%s has no value (%s)".formatted(parts[0], setting.unit()));
    } else {
      put(setting, parts[0], left.removeFirst());
    }
  }

  private static boolean isFlag(String word) {
    return word.startsWith("--");
  }

  private void alone(String word) {
    WITHOUT_FLAG.stream()
        .filter(setting -> !given.containsKey(setting))
        .findFirst()
        .ifPresentOrElse(
            setting -> put(setting, setting.name(), word),
            () -> problems.add("unknown argument: " + word));
  }

  private void put(Setting setting, String name, String value) {
    if (given.putIfAbsent(setting, new Given(name, value)) != null) {
      problems.add(name + " is given twice");
    }
  }

  private static Optional<Setting> settingOf(String flag) {
    for (Setting setting : Setting.values()) {
      if (flag.equals(flagOf(setting))) {
        return Optional.of(setting);
      }
    }
    return flag.equals("--metallb-pods-label-selector") // as the predecessor calls it
        ? Optional.of(Setting.METALLB_LABEL_SELECTOR)
        : Optional.empty();
  }

  /** Returns the setting's flag. */
  static String flagOf(Setting setting) {
    return "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns what is to be done. */
  public Action action() {
    return action;
  }

  /** Returns what cannot be understood, a line for each. */
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /** Returns what a setting is set to, if it is. */
  Optional<Given> given(Setting setting) {
    return Optional.ofNullable(given.get(setting));
  }
}
