package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a handover ends: ranges that no service needs any more leave the pool. It is no change of the
 * prefix, and not counted as one.
 *
 * @param current the pool as read
 * @param ranges what leaves it
 */
public record Retirement(PoolState current, List<AddressRange> ranges) {

  /** Keeps its own copy of the list. */
  public Retirement {
    ranges = List.copyOf(ranges);
  }

  /** Tells whether it is not the time for any of them yet. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Returns the same for a later state of the pool, in which nothing of it has changed. */
  public Retirement on(PoolState later) {
    return new Retirement(later, ranges);
  }

  /** Returns {@code spec.addresses} as it should be then. */
  public List<String> addresses() {
    return current.entries().stream()
        .filter(entry -> !current.isOurs(entry) || ranges.stream().noneMatch(entry::is))
        .map(PoolEntry::text)
        .toList();
  }

  /**
   * Returns the retirement as one JSON merge patch (RFC 7386), guarded by the version that was
   * read.
   *
   * @param mark the reload mark to leave, if a reload is owed
   */
  public Map<String, Object> patch(Optional<String> mark) {
    List<AddressRange> record =
        current.record().orElse(List.of()).stream().filter(it -> !ranges.contains(it)).toList();
    List<RetiringRange> left =
        current.retiring().stream().filter(old -> !ranges.contains(old.range())).toList();
    return new PoolPatch(current, addresses(), record).retiring(left).mark(mark).asMap();
  }

  /** The ranges, for people. */
  @Override
  public String toString() {
    return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
  }
}
