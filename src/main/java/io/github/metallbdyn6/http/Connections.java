package io.github.metallbdyn6.http;

import java.util.concurrent.TimeUnit;

/**
 * All connections of a port. Those that have not asked yet, and those that have, each have their
 * own limit: however many of one kind come, none of the other kind has to go for it.
 */
final class Connections {
  static final long SWEEP_MILLISECONDS = 250;

  private final OpenConnections asking = new OpenConnections();
  private final OpenConnections asked = new OpenConnections();
  private long sweptAt = System.nanoTime();

  void add(Connection newcomer) {
    asking.add(newcomer);
  }

  /** Notes that the head of its request is there, right or wrong. */
  void hasAsked(Connection connection) {
    asking.remove(connection);
    asked.add(connection);
  }

  void forgetIfClosed(Connection connection) {
    if (!connection.isOpen()) {
      asking.remove(connection);
      asked.remove(connection);
    }
  }

  /** Closes those whose time is up, every now and then. */
  void sweep(long now) {
    if (now - sweptAt > TimeUnit.MILLISECONDS.toNanos(SWEEP_MILLISECONDS)) {
      asking.closeOverdue(now);
      asked.closeOverdue(now);
      sweptAt = now;
    }
  }

  boolean isEmpty() {
    return asking.isEmpty() && asked.isEmpty();
  }

  void closeAll() {
    asking.closeAll();
    asked.closeAll();
  }
}
