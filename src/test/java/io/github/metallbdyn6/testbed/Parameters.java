package io.github.metallbdyn6.testbed;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Parameters of a source for a program in this JVM, which cannot be given environment variables:
 * they are system properties until this is closed.
 */
public final class Parameters implements AutoCloseable {
  private final List<String> keys;

  /** Sets them. */
  public Parameters(Map<String, String> variables) {
    variables.forEach((variable, value) -> System.setProperty(key(variable), value));
    keys = variables.keySet().stream().map(Parameters::key).toList();
  }

  private static String key(String variable) {
    return variable
        .toLowerCase(Locale.ROOT)
        .replaceFirst("^metallb_dyn6_", "metallb-dyn6.")
        .replace('_', '-');
  }

  @Override
  public void close() {
    keys.forEach(System::clearProperty);
  }
}
