package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the program leaves a pool for good: without any annotation of its own, and without the ranges
 * that it does not leave to the user.
 *
 * @param current the pool as read
 * @param traces the program's annotations that the pool has, orders of people included
 * @param withoutRange whether all ranges of ours leave the pool; otherwise those that retire
 */
public record PoolRelease(PoolState current, Set<String> traces, boolean withoutRange) {

  public PoolRelease {
    traces = Set.copyOf(traces);
  }

  /** Returns the ranges of ours that are to leave the pool. */
  public List<AddressRange> leaving() {
    return current.record().orElse(List.of()).stream()
        .filter(current::holds)
        .filter(range -> withoutRange || current.isRetiring(range))
        .toList();
  }

  /** Returns {@code spec.addresses} once these ranges have left. */
  public List<String> addressesWithout(Collection<AddressRange> ranges) {
    return current.entries().stream()
        .filter(entry -> ranges.stream().noneMatch(entry::is))
        .map(PoolEntry::text)
        .toList();
  }

  /** Returns one JSON merge patch (RFC 7386), guarded by the version that was read. */
  public Map<String, Object> patch(Collection<AddressRange> ranges) {
    Map<String, @Nullable String> gone = new LinkedHashMap<>();
    traces.stream().sorted().forEach(key -> gone.put(key, null));
    Map<String, Object> patch = new LinkedHashMap<>();
    patch.put(
        "metadata", Map.of("resourceVersion", current.resourceVersion(), "annotations", gone));
    List<String> left = addressesWithout(ranges);
    if (!left.equals(current.addresses())) {
      patch.put("spec", Map.of("addresses", left));
    }
    return patch;
  }
}
