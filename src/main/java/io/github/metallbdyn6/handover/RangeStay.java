package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.pool.RetiringRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The user's rule for how long an old range stays in the pool.
 *
 * @param retireAfter how long; nothing: as long as its prefix was said to be valid
 * @param patience how long MetalLB may take to give a service its new address
 */
public record RangeStay(Optional<Duration> retireAfter, Duration patience) {
  /** In the place of a number of seconds. */
  private static final String VALID_LIFETIME = "valid-lifetime";

  /** A week: nobody's connections last longer, and no range is kept for ever. */
  private static final int LONGEST_SECONDS = 604_800;

  private static final Duration LONGEST = Duration.ofSeconds(LONGEST_SECONDS);

  /**
   * Builds the rule from the texts of the settings.
   *
   * @param retireAfter a number of seconds, or {@code valid-lifetime}
   * @param patienceSeconds how long MetalLB may take, in seconds
   * @throws IllegalArgumentException for a text that is neither
   */
  public static RangeStay of(String retireAfter, int patienceSeconds) {
    Duration patience = Duration.ofSeconds(patienceSeconds);
    if (retireAfter.equals(VALID_LIFETIME)) {
      return new RangeStay(Optional.empty(), patience);
    }
    if (!retireAfter.matches("0|[1-9][0-9]{0,5}")
        || Integer.parseInt(retireAfter) > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "neither %s nor a whole number from 0 to %d".formatted(VALID_LIFETIME, LONGEST_SECONDS));
    }
    Duration stay = Duration.ofSeconds(Integer.parseInt(retireAfter));
    return new RangeStay(Optional.of(stay), patience);
  }

  /** Returns when a range may go once no service needs it. */
  Instant earliestEnd(RetiringRange old) {
    return old.since().plus(shortest(old));
  }

  /** Returns when a range goes at the latest, whoever is still there. */
  public Instant latestEnd(RetiringRange old) {
    return old.since().plus(longest(old));
  }

  /** Tells whether half of the time is over, also of the time that this process has seen. */
  boolean isClosing(RetiringRange old, Instant seen, Instant now) {
    return !now.isBefore(old.since().plus(longest(old).dividedBy(2)))
        && !now.isBefore(seen.plus(patience));
  }

  /** Tells whether the time is over, also of the time that this process has seen. */
  boolean isExpired(RetiringRange old, Instant seen, Instant now) {
    return !now.isBefore(latestEnd(old)) && !now.isBefore(seen.plus(grace()));
  }

  private Duration shortest(RetiringRange old) {
    return retireAfter.orElseGet(
        () -> old.validity().compareTo(LONGEST) < 0 ? old.validity() : LONGEST);
  }

  /** Time enough for a service to try it, and to be put back. */
  private Duration longest(RetiringRange old) {
    Duration stay = shortest(old);
    return stay.compareTo(grace()) < 0 ? grace() : stay;
  }

  private Duration grace() {
    return patience.multipliedBy(2);
  }
}
