package io.github.metallbdyn6.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Keeps Events few: nothing is said twice within an hour, and nothing more after a number in an
 * hour. A source that flips every minute must fill neither the cluster's storage nor the list that
 * people read.
 */
final class EventLimit {
  /** As long as Kubernetes keeps an Event by default. */
  static final Duration WINDOW = Duration.ofHours(1);

  /** For the pool, and for the services of a namespace. */
  static final int MOST = 20;

  private record Said(String what, Instant at) {}

  private final int most;
  private final Deque<Said> lately = new ArrayDeque<>();

  EventLimit() {
    this(MOST);
  }

  /** Admits so many within an hour. */
  EventLimit(int most) {
    this.most = most;
  }

  /** Tells whether this may be said now, and counts it if so. */
  synchronized boolean admits(String what, Instant now) {
    lately.removeIf(said -> !isLately(said.at(), now));
    if (lately.size() >= most || lately.stream().anyMatch(said -> said.what().equals(what))) {
      return false;
    }
    lately.addLast(new Said(what, now));
    return true;
  }

  /** A clock that was put back must not silence the program until it has caught up. */
  private static boolean isLately(Instant at, Instant now) {
    return !at.isAfter(now) && at.plus(WINDOW).isAfter(now);
  }
}
