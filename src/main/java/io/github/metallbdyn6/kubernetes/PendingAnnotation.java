package io.github.metallbdyn6.kubernetes;

import java.time.Duration;
import java.util.Map;

/**
 * An annotation of the pool that is to be written soon. A patch of the addresses that comes first
 * takes it along, so that one request does both.
 */
final class PendingAnnotation {
  private Map<String, String> pending = Map.of();

  /** Has it written by the next patch of the addresses. */
  synchronized void put(String name, String text) {
    pending = Map.of(name, text);
  }

  /** Has several written by the next patch of the addresses. */
  synchronized void put(Map<String, String> annotations) {
    pending = Map.copyOf(annotations);
  }

  /** Returns what a patch has to take along; nothing if nothing is pending. */
  synchronized Map<String, String> get() {
    return pending;
  }

  /** Notes that a patch has written this. */
  synchronized void written(Map<String, String> annotations) {
    if (pending.equals(annotations)) {
      clear();
    }
  }

  /** Forgets it: no patch takes it along any more. */
  synchronized void clear() {
    pending = Map.of();
    notifyAll();
  }

  /**
   * Waits until a patch has written it.
   *
   * @return false when none did so in time
   */
  synchronized boolean awaitWritten(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos(); !pending.isEmpty() && left > 0; ) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = end - System.nanoTime();
    }
    return pending.isEmpty();
  }
}
