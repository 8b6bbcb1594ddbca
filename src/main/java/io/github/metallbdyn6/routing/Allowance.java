package io.github.metallbdyn6.routing;

import java.time.Duration;

/** How often something may be done: some times at once, and once more after each pause. */
final class Allowance {
  private final int atOnce;
  private final long pauseNanos;

  /** Until when all that was done is paid for. */
  private long paidUntil;

  private boolean begun;

  Allowance(int atOnce, Duration pause) {
    this.atOnce = atOnce;
    this.pauseNanos = pause.toNanos();
  }

  /** Counts one and returns 0; or returns in how many nanoseconds one may be done. */
  synchronized long take(long nanoTime) {
    long debt = begun ? Math.max(paidUntil - nanoTime, 0) : 0;
    long tooMuch = debt + pauseNanos - atOnce * pauseNanos;
    if (tooMuch > 0) {
      return tooMuch;
    }
    begun = true;
    paidUntil = nanoTime + debt + pauseNanos;
    return 0;
  }
}
