package io.github.metallbdyn6;

/** Says in one line why the routes cannot be started. */
final class RouteProblem {
  private RouteProblem() {}

  /** Returns what Camel said, outermost and innermost, without a stack trace. */
  static String explain(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String outer = oneLine(failure);
    return root == failure ? outer : outer + ": " + oneLine(root);
  }

  private static String oneLine(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.getClass().getSimpleName()
        : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
