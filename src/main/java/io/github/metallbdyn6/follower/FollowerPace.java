package io.github.metallbdyn6.follower;

import java.time.Duration;

/** How long a follower is left alone that has failed. */
public final class FollowerPace {
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Five seconds, doubled so often, are more than an hour. */
  private static final int DOUBLINGS = 10;

  private FollowerPace() {}

  /** Returns the time until the next try, after so many failures in a row. */
  public static Duration after(int failures) {
    Duration wait = FIRST.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS));
    return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
  }
}
