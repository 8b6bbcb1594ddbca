package io.github.metallbdyn6;

import io.github.metallbdyn6.text.ForeignText;

/** Says in one line why the program cannot be started. */
final class StartProblem {
  private StartProblem() {}

  /** Returns what was said, outermost and innermost, without a stack trace. */
  static String explain(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String outer = oneLine(failure);
    String inner = oneLine(root);
    return outer.contains(inner) ? outer : outer + ": " + inner;
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : ForeignText.of(message);
  }
}
