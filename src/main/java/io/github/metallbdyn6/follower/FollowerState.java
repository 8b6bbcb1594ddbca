package io.github.metallbdyn6.follower;

import java.time.Instant;
import java.util.Optional;

/**
 * How things stand with a follower, for people.
 *
 * @param told what it was told last, with success
 * @param wanted the prefix that it is still to be told
 * @param failures how often in a row it has failed
 * @param error why it failed last
 * @param since when it failed for the first time
 * @param nextTry when it is tried again
 * @param stopped whether that waits for a person
 */
public record FollowerState(
    String name,
    Optional<ToldPrefix> told,
    Optional<FollowedPrefix> wanted,
    int failures,
    Optional<String> error,
    Optional<Instant> since,
    Optional<Instant> nextTry,
    boolean stopped) {

  /** Returns a word for all of it. */
  public String condition() {
    if (stopped) {
      return "stopped";
    }
    if (error.isPresent()) {
      return "failing";
    }
    return wanted.isPresent() || told.isEmpty() ? "waiting" : "told";
  }
}
