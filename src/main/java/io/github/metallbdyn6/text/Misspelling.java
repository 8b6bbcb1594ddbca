package io.github.metallbdyn6.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant who wrote another one. */
public final class Misspelling {
  /** A shorter word has too many neighbours: only upper and lower case may differ. */
  private static final int LEAST_LENGTH = 5;

  private static final int MOST_SLIPS = 3;
  private static final int LETTERS_PER_SLIP = 4;

  private Misspelling() {}

  /** Returns the known word that differs by a few letters, or in upper and lower case. */
  public static Optional<String> nearest(String word, Collection<String> known) {
    return known.stream()
        .filter(it -> slips(word, it) <= allowed(word))
        .min(Comparator.comparing(it -> slips(word, it)));
  }

  /** Returns the same, or else the only known word that the word is a part of. */
  public static Optional<String> meant(String word, Collection<String> known) {
    return nearest(word, known).or(() -> only(known.stream().filter(it -> has(it, word)).toList()));
  }

  /** Returns a question to put behind a complaint; an empty text where nothing is similar. */
  public static String question(String word, Collection<String> known) {
    return meant(word, known).map("; did you mean %s?"::formatted).orElse("");
  }

  private static Optional<String> only(List<String> words) {
    return words.size() == 1 ? Optional.of(words.get(0)) : Optional.empty();
  }

  private static boolean has(String known, String word) {
    return word.length() >= LEAST_LENGTH - 1 && lower(known).contains(lower(word));
  }

  private static int allowed(String word) {
    return word.length() < LEAST_LENGTH - 1
        ? 0
        : Math.min(MOST_SLIPS, Math.max(1, word.length() / LETTERS_PER_SLIP));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** Counts letters that are too many, missing, other ones, or in the place of their neighbour. */
  private static int slips(String one, String other) {
    String a = lower(one);
    String b = lower(other);
    if (Math.abs(a.length() - b.length()) > MOST_SLIPS) {
      return Integer.MAX_VALUE;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 || j == 0 ? i + j : least(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int least(int[][] cost, String a, String b, int i, int j) {
    boolean same = a.charAt(i - 1) == b.charAt(j - 1);
    int least =
        Math.min(cost[i - 1][j - 1] + (same ? 0 : 1), Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
  }
}
