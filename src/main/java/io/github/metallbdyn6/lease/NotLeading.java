package io.github.metallbdyn6.lease;

import java.util.Objects;
import java.util.stream.Stream;

/** A step of a pass would change something, and this replica's term as the leader has run out. */
public final class NotLeading extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Tells whether a failure comes from this. */
  public static boolean isIn(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(NotLeading.class::isInstance);
  }

  NotLeading() {
    super("this replica does not lead: its lease has run out");
  }
}
