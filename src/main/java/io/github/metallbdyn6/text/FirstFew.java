package io.github.metallbdyn6.text;

import java.util.List;
import java.util.stream.Collectors;

/** Names some of many. */
public final class FirstFew {
  /** As many as a line can take. */
  private static final int NAMED = 10;

  private FirstFew() {}

  /** Returns the first of them, and how many more there are. */
  public static String of(List<?> all) {
    return joined(all, ", ");
  }

  /** Returns the same of phrases, which may have commas of their own. */
  public static String ofPhrases(List<?> all) {
    return joined(all, "; ");
  }

  private static String joined(List<?> all, String delimiter) {
    String named =
        all.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(delimiter));
    return all.size() > NAMED ? named + " and %d more".formatted(all.size() - NAMED) : named;
  }
}
