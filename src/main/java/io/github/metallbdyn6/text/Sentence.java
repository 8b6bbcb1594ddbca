package io.github.metallbdyn6.text;

/** A phrase as a sentence of its own. */
public final class Sentence {
  private Sentence() {}

  /** Returns it with a capital letter, and with an end. */
  public static String of(String phrase) {
    return Character.toUpperCase(phrase.charAt(0)) + ended(phrase).substring(1);
  }

  /** Returns it with a full stop, unless it has an end. */
  public static String ended(String phrase) {
    return phrase.matches("(?s).*[.?!]") ? phrase : phrase + ".";
  }
}
