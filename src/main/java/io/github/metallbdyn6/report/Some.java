package io.github.metallbdyn6.report;

import java.util.List;
import java.util.stream.Collectors;

/** Names some of many. */
final class Some {
  /** As many as a line can take. */
  private static final int NAMED = 10;

  private Some() {}

  /** Returns the first of them, and how many more there are. */
  static String of(List<?> all) {
    String named =
        all.stream().limit(NAMED).map(Object::toString).collect(Collectors.joining(", "));
    return all.size() > NAMED ? named + " and %d more".formatted(all.size() - NAMED) : named;
  }
}
