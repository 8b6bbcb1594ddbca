package io.github.metallbdyn6.kubernetes;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether a watch is alive. API servers send bookmarks every minute, so that a watch which is
 * silent for longer may be dead.
 */
final class WatchSigns {
  static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);

  private final LongSupplier nanoTime;
  private volatile boolean open;
  private volatile long heardAt;

  /** The watch has not begun. */
  WatchSigns(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void opened() {
    heard();
    open = true;
  }

  void closed() {
    open = false;
  }

  /** Notes any sign of life. */
  void heard() {
    heardAt = nanoTime.getAsLong();
  }

  boolean areGood() {
    return open && nanoTime.getAsLong() - heardAt < LONGEST_SILENCE.toNanos();
  }
}
