package io.github.metallbdyn6.text;

import java.util.regex.Pattern;

/**
 * The words of a text, without the values that differ each time: ports, times, addresses,
 * identities. Two failures with the same words are one trouble.
 */
public final class Wording {
  private static final String END = "\\s\"'`()\\[\\]{}<>,;=";

  /** A word with a digit in it, or with the hash code that Java prints behind a class's name. */
  private static final Pattern VALUE =
      Pattern.compile("[^%1$s]*(?:\\d|@[0-9a-f]+(?=[%1$s]|$))[^%1$s]*".formatted(END));

  private Wording() {}

  public static String of(String text) {
    return VALUE.matcher(text).replaceAll("#");
  }
}
