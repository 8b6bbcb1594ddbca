package io.github.metallbdyn6.http;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The open connections, and who has to go when there are too many. A newcomer is always let in, and
 * the one that has been the longest without saying what it wants goes: a caller that asks at once
 * is answered, however many others only hold their connections.
 */
final class OpenConnections {
  static final int MOST = 128;
  static final int MOST_OF_ONE_CALLER = 32;

  /** The oldest first. */
  private final Set<Connection> open = new LinkedHashSet<>();

  /** Makes room for one more of this caller. */
  void makeRoomFor(Caller caller) {
    List<Connection> own = open.stream().filter(it -> it.caller().equals(caller)).toList();
    if (own.size() >= MOST_OF_ONE_CALLER) {
      close(leastNeeded(own.stream()));
    } else if (open.size() >= MOST) {
      close(leastNeeded(open.stream()));
    }
  }

  private static Connection leastNeeded(Stream<Connection> connections) {
    return connections.min(Comparator.comparing(Connection::phase)).orElseThrow();
  }

  void add(Connection connection) {
    open.add(connection);
  }

  void close(Connection connection) {
    connection.close();
    open.remove(connection);
  }

  /** Closes those whose time is up, and forgets those that are closed. */
  void sweep(long now) {
    open.stream().filter(it -> it.isOverdue(now)).forEach(Connection::close);
    open.removeIf(it -> !it.isOpen());
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  int size() {
    return open.size();
  }

  void closeAll() {
    open.forEach(Connection::close);
    open.clear();
  }
}
