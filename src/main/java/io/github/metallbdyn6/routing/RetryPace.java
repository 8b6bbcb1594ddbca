package io.github.metallbdyn6.routing;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How soon something is tried again that failed: within seconds, as what was in the way may be gone
 * at any time, and less often when it lasts.
 */
final class RetryPace {
  private static final long SHORTEST_MILLIS = 2_000;
  private static final long LONGEST_MILLIS = 15_000;

  /** After this time a service is tried again only every minute. */
  private static final long LASTING_MILLIS = 600_000;

  private static final long SELDOM_MILLIS = 60_000;
  private static final int TRIES_PER_DOUBLING = 4;

  private @Nullable Long since;

  /** Returns how many milliseconds to wait until the next try. */
  synchronized long next(long nanoTime) {
    if (since == null) {
      since = nanoTime;
    }
    long age = TimeUnit.NANOSECONDS.toMillis(nanoTime - since);
    return age > LASTING_MILLIS
        ? SELDOM_MILLIS
        : Math.min(Math.max(age / TRIES_PER_DOUBLING, SHORTEST_MILLIS), LONGEST_MILLIS);
  }

  /** Takes note that nothing failed. */
  synchronized void end() {
    since = null;
  }
}
