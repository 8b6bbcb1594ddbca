package io.github.metallbdyn6.follower;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The answer of a provider that speaks the DynDNS protocol
 * (https://help.dyn.com/return-codes.html).
 */
public final class DynDnsAnswer {
  private static final Set<String> SUCCESSES = Set.of("good", "nochg");

  /** To repeat any of these is what providers block users for. */
  private static final Set<String> STOPS =
      Set.of("badauth", "abuse", "badagent", "notfqdn", "nohost", "numhost", "!donator", "!yours");

  private static final int LONGEST_SHOWN = 60;

  private DynDnsAnswer() {}

  /**
   * Requires a success.
   *
   * @param pattern what else than the protocol's own words is a success; an empty text for nothing
   * @throws FollowerStopped when a person has to act
   * @throws FollowerFailed for any other answer
   */
  public static void requireSuccess(String host, String answer, String pattern) {
    String text = answer.strip();
    String word = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
    if (STOPS.contains(word)) {
      throw new FollowerStopped("the provider answers '%s' for %s".formatted(word, host));
    }
    boolean success =
        SUCCESSES.contains(word)
            || (!pattern.isEmpty() && Pattern.compile(pattern).matcher(text).find());
    if (!success) {
      throw new FollowerFailed("the provider answers '%s' for %s".formatted(shown(text), host));
    }
  }

  private static String shown(String text) {
    String line = text.lines().findFirst().orElse("").replaceAll("[^\\x20-\\x7e]", "?");
    return line.length() > LONGEST_SHOWN ? line.substring(0, LONGEST_SHOWN) + "…" : line;
  }
}
