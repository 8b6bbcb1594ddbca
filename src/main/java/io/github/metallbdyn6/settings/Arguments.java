package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.text.Misspelling;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    /** Take everything of the program off the pool and off services. */
    RELEASE,
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
  private @Nullable String manifests;
  private boolean withoutRange;

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
      case "--check" -> check(isManifests(left.peekFirst()) ? left.removeFirst() : null);
      case "--release" -> release("keep");
      default -> {
        String[] parts = word.split("=", 2);
        if (parts[0].equals("--release")) {
          release(parts[1]);
          return;
        }
        if (parts[0].equals("--check")) {
          check(parts[1]);
          return;
        }
        settingOf(parts[0])
            .ifPresentOrElse(
                setting -> value(setting, parts, left), () -> problems.add(unknown(parts[0])));
      }
    }
  }

  private static String unknown(String flag) {
    List<String> known =
        Stream.concat(
                Stream.of("--help", "--version", "--check", "--release"),
                Arrays.stream(Setting.values()).map(Arguments::flagOf))
            .toList();
    return "unknown argument: %s%s".formatted(flag, Misspelling.question(flag, known));
  }

  private void check(@Nullable String file) {
    boolean asks = action == Action.HELP || action == Action.VERSION;
    action = asks ? action : Action.CHECK;
    manifests = file;
  }

  private void release(String range) {
    action = action == Action.RUN ? Action.RELEASE : action;
    withoutRange = range.equals("remove");
    if (!withoutRange && !range.equals("keep")) {
      problems.add("--release=%s: the range is one of keep and remove".formatted(range));
    }
  }

  /** A host range may stand there, too; it always has a colon. */
  private static boolean isManifests(@Nullable String word) {
    return word != null && !word.contains(":") && (word.equals("-") || !word.startsWith("-"));
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

  static String flagOf(Setting setting) {
    return "--" + setting.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Action action() {
    return action;
  }

  /** Returns the file with the manifests to check, {@code -} for the standard input, if any. */
  public Optional<String> manifests() {
    return Optional.ofNullable(manifests);
  }

  /** Tells whether a release is to take the range of ours out of the pool, too. */
  public boolean withoutRange() {
    return withoutRange;
  }

  /** Returns what cannot be understood, a line for each. */
  public List<String> problems() {
    return manifests == null || given.isEmpty()
        ? List.copyOf(problems)
        : Stream.concat(
                problems.stream(),
                Stream.of(
                    "the settings are those of the manifests in %s, and no others"
                        .formatted(manifests)))
            .toList();
  }

  /** Returns what a setting is set to, if it is. */
  Optional<Given> given(Setting setting) {
    return Optional.ofNullable(given.get(setting));
  }
}
