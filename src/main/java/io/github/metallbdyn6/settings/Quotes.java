package io.github.metallbdyn6.settings;

/**
 * Quotes around a value. A shell and YAML take them away; a file of variables, such as kustomize's
 * and Docker's, leaves them in the value.
 */
final class Quotes {
  private static final String OPENING = "\"'“‘„`";
  private static final String CLOSING = "\"'”’“`";

  static final String WRONG =
      "the quotes around it are part of the value here; write it without them";

  private Quotes() {}

  static boolean areAround(String value) {
    return value.length() > 1
        && OPENING.indexOf(value.charAt(0)) >= 0
        && CLOSING.indexOf(value.charAt(value.length() - 1)) >= 0;
  }

  static String takenFrom(String value) {
    return areAround(value) ? value.substring(1, value.length() - 1).strip() : value;
  }

  static void requireNone(String value) {
    if (areAround(value)) {
      throw new IllegalArgumentException(WRONG);
    }
  }
}
