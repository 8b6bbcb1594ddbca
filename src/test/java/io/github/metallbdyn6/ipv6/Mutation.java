package io.github.metallbdyn6.ipv6;

import java.util.Random;

/** A text with a few random characters put in, taken out or exchanged. */
public final class Mutation {
  private static final String CHARACTERS =
      "0123456789abcdefABCDEF:::::.../%-*_,;[](){}\"' \t\r\n\0\u00a0\u2028\u0661\uff11\ufeffxgz";

  private final Random random;

  public Mutation(Random random) {
    this.random = random;
  }

  public String of(String text) {
    StringBuilder mutated = new StringBuilder(text);
    for (int times = random.nextInt(4); times > 0; times--) {
      int place = random.nextInt(mutated.length() + 1);
      switch (random.nextInt(4)) {
        case 0 -> mutated.insert(place, character());
        case 1 -> mutated.delete(place, Math.min(place + 1, mutated.length()));
        case 2 -> mutated.replace(place, Math.min(place + 1, mutated.length()), character());
        default -> mutated.insert(place, mutated.substring(random.nextInt(place + 1), place));
      }
    }
    return mutated.toString();
  }

  private String character() {
    return String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
  }
}
