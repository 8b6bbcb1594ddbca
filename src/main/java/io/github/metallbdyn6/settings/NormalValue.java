package io.github.metallbdyn6.settings;

import java.math.BigInteger;
import java.util.Locale;

/** The meaning of a value that the predecessor's users may have written in another way. */
final class NormalValue {
  static final int LONGEST_INTERVAL = 86_400;

  private NormalValue() {}

  /** True, TRUE and true are one. A wrong value stays as it is. */
  static String of(Setting setting, String value) {
    return switch (setting) {
      case DRY_RUN,
          EVENTS,
          REQUIRE_GLOBAL,
          RELOAD,
          RELOAD_ROUTES,
          RETIRE_AFTER,
          SOURCE_POLICY,
          TRANSITION ->
          value.toLowerCase(Locale.ROOT);
      case UPDATE_INTERVAL -> interval(value);
      default -> value;
    };
  }

  /**
   * Without any pause a public service would bar the user soon; days without a check help nobody.
   */
  private static String interval(String value) {
    if (!value.matches("[0-9]{1,20}")) {
      return value;
    }
    BigInteger seconds = new BigInteger(value);
    return seconds.signum() == 0
        ? Defaults.of(Setting.UPDATE_INTERVAL)
        : seconds.min(BigInteger.valueOf(LONGEST_INTERVAL)).toString();
  }
}
