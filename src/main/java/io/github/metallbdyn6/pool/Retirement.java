package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.ArrayList;
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
  private static final String ADDRESSES = "/spec/addresses";

  public Retirement {
    ranges = List.copyOf(ranges);
  }

  /** Tells whether it is not the time for any of them yet. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** Returns {@code spec.addresses} as it should be then. */
  public List<String> addresses() {
    return current.entries().stream()
        .filter(entry -> !current.isOurs(entry) || ranges.stream().noneMatch(entry::is))
        .map(PoolEntry::text)
        .toList();
  }

  /**
   * Returns the retirement as one JSON patch (RFC 6902), guarded by the addresses that were read.
   * The version is no guard here: MetalLB writes the pool's status whenever a service moves.
   *
   * @param mark the reload mark to leave, if a reload is owed
   */
  public List<Map<String, Object>> operations(Optional<String> mark) {
    String record =
        current.record().orElse(List.of()).stream()
            .filter(it -> !ranges.contains(it))
            .map(AddressRange::toString)
            .collect(Collectors.joining(","));
    List<RetiringRange> left =
        current.retiring().stream().filter(old -> !ranges.contains(old.range())).toList();
    List<Map<String, Object>> operations = new ArrayList<>();
    operations.add(operation("test", ADDRESSES, current.addresses()));
    operations.add(operation("replace", ADDRESSES, addresses()));
    operations.add(operation("add", annotation(PoolState.RECORD), record));
    operations.add(
        operation("add", annotation(PoolState.EARLIER), current.earlier().and(ranges).toString()));
    if (!left.isEmpty()) {
      operations.add(operation("add", annotation(PoolState.RETIRING), RetiringRange.textOf(left)));
    } else if (!current.retiring().isEmpty()) {
      operations.add(Map.of("op", "remove", "path", annotation(PoolState.RETIRING)));
    }
    mark.ifPresent(
        text -> operations.add(operation("add", annotation(PoolState.RELOAD_MARK), text)));
    return operations;
  }

  private static Map<String, Object> operation(String op, String path, Object value) {
    return Map.of("op", op, "path", path, "value", value);
  }

  private static String annotation(String key) {
    return "/metadata/annotations/" + key.replace("/", "~1");
  }

  /** The ranges, for people. */
  @Override
  public String toString() {
    return ranges.stream().map(AddressRange::toString).collect(Collectors.joining(", "));
  }
}
