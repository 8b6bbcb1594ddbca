package io.github.metallbdyn6.report;

import java.util.regex.Pattern;

/**
 * The words of a text, without the values that differ each time: ports, times, addresses,
 * identities. Two failures with the same words are one trouble.
 */
final class Wording {
  private static final String END = "\\s\"'`()\\[\\]{}<>,;=";

  /** A word with a digit in it, or with the hash code that Java prints behind a class's name. */
  private static final Pattern VALUE =
      Pattern.compile("[^%1$s]*(?:\\d|@[0-9a-f]+(?=[%1$s]|$))[^%1$s]*".formatted(END));

  private Wording() {}

  static String of(String text) {
    return VALUE.matcher(text).replaceAll("#");
  }
}
