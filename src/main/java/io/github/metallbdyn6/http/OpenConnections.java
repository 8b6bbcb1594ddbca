package io.github.metallbdyn6.http;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Open connections, as many as there may be. A newcomer is always let in; when there are too many,
 * the one that has been there the longest goes. So a caller that asks at once and takes its answer
 * at once is served, however many others only hold their connections.
 */
final class OpenConnections {
  static final int MOST = 128;
  static final int MOST_OF_ONE_CALLER = 32;

  /** The oldest first. */
  private final Set<Connection> open = new LinkedHashSet<>();

  /** Takes one in, and closes another one if there are too many, of its caller or in all. */
  void add(Connection newcomer) {
    List<Connection> own =
        open.stream().filter(it -> it.caller().equals(newcomer.caller())).toList();
    if (own.size() >= MOST_OF_ONE_CALLER) {
      close(leastNeeded(own.stream()));
    } else if (open.size() >= MOST) {
      close(leastNeeded(open.stream()));
    }
    open.add(newcomer);
  }

  /** Takes the oldest of several in the same phase. */
  private static Connection leastNeeded(Stream<Connection> connections) {
    return connections.min(Comparator.comparing(Connection::phase)).orElseThrow();
  }

  void remove(Connection connection) {
    open.remove(connection);
  }

  private void close(Connection connection) {
    connection.close();
    open.remove(connection);
  }

  /** Closes those whose time is up. */
  void closeOverdue(long now) {
    open.stream().filter(it -> it.isOverdue(now)).toList().forEach(this::close);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  void closeAll() {
    open.forEach(Connection::close);
    open.clear();
  }
}
