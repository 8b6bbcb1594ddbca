package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The secrets of sources. A route names only the parameter, and its value is looked up when it is
 * needed: a placeholder's value would be part of the route, which the console shows.
 */
public final class Credentials {
  private final UnaryOperator<String> environment;

  /**
   * Creates the look-up.
   *
   * @param environment gives an environment variable's value by its name, or an empty text
   */
  public Credentials(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the value of a header {@code Authorization} (RFC 7617).
   *
   * @param user the key of a parameter, such as {@code metallb-dyn6.opnsense-key}
   * @param password likewise
   * @throws RefusedAnswer when one of them is not set
   */
  public String basic(String user, String password) {
    byte[] both = (value(user) + ":" + value(password)).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Returns the value of a parameter, or null when it is not set. */
  public @Nullable String optional(String key) {
    String value = environment.apply(variable(key));
    return value.isEmpty() ? null : value;
  }

  /**
   * Returns the value of a parameter.
   *
   * @throws RefusedAnswer when it is not set
   */
  public String value(String key) {
    String value = optional(key);
    if (value == null) {
      throw new RefusedAnswer(
          Reason.FAILURE, variable(key) + " is not set, without which this source cannot be asked");
    }
    return value;
  }

  private static String variable(String key) {
    return key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }
}
