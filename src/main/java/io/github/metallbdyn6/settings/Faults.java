package io.github.metallbdyn6.settings;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** All that is wrong with one value, to be mended at once. */
final class Faults {
  /** As in the list of problems: each in a line of its own, below the variable. */
  private static final String NEXT_LINE = "%n    ".formatted();

  private final Set<String> phrases = new LinkedHashSet<>();

  /** Notes what is wrong, if it is. */
  Faults unless(boolean right, String phrase) {
    if (!right) {
      phrases.add(phrase);
    }
    return this;
  }

  /** Notes what a check says. */
  Faults of(Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      phrases.add(String.valueOf(e.getMessage()));
    }
    return this;
  }

  /** Returns all that is wrong; nothing if everything is right. */
  Optional<String> inWords() {
    return phrases.isEmpty() ? Optional.empty() : Optional.of(String.join(NEXT_LINE, phrases));
  }

  /**
   * Ends the check.
   *
   * @throws IllegalArgumentException if anything was wrong
   */
  void report() {
    inWords()
        .ifPresent(
            text -> {
              throw new IllegalArgumentException(text);
            });
  }
}
