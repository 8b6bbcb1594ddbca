package io.github.metallbdyn6.settings;

import java.util.Locale;

/**
 * The two names of everything that can be set: that of the environment variable, {@code
 * METALLB_DYN6_SOURCE}, and the key by which routes find its value, {@code metallb-dyn6.source}.
 */
public final class VariableName {
  static final String PREFIX = "METALLB_DYN6_";

  private VariableName() {}

  /** Returns the environment variable that gives a key of the routes its value. */
  public static String of(String key) {
    return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Returns the environment variable of a follower, such as {@code METALLB_DYN6_WEBHOOK_ON}. */
  public static String ofFollower(String follower, String name) {
    return "%s%s_%s".formatted(PREFIX, follower.toUpperCase(Locale.ROOT).replace('-', '_'), name);
  }

  /** Returns the key under which the routes find the value of a variable. */
  static String keyOf(String variable) {
    return "metallb-dyn6."
        + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
