package io.github.metallbdyn6.follower;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The prefix that a follower was told last, with success.
 *
 * @param at when that was
 */
public record ToldPrefix(FollowedPrefix prefix, Instant at) {
  public ToldPrefix {
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  static Optional<ToldPrefix> parse(String text) {
    int time = text.lastIndexOf('@');
    if (time < 0) {
      return Optional.empty();
    }
    try {
      Instant at = Instant.parse(text.substring(time + 1));
      return FollowedPrefix.parse(text.substring(0, time)).map(it -> new ToldPrefix(it, at));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** {@code 2001:db8:b::/64@2026-11-22T18:51:07Z}. */
  @Override
  public String toString() {
    return prefix + "@" + at;
  }
}
