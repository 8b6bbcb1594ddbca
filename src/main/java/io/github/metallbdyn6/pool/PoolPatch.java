package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One JSON merge patch (RFC 7386) of the pool, guarded by the version that was read. */
final class PoolPatch {
  private final Map<String, Object> annotations = new LinkedHashMap<>();
  private final PoolState current;
  private final List<String> addresses;

  PoolPatch(PoolState current, List<String> addresses, List<AddressRange> record) {
    this.current = current;
    this.addresses = addresses;
    annotations.put(
        PoolState.RECORD,
        record.stream().map(AddressRange::toString).collect(Collectors.joining(",")));
  }

  PoolPatch annotate(String key, String value) {
    annotations.put(key, value);
    return this;
  }

  /** An annotation of which nothing is left is taken away; one that never was is not mentioned. */
  PoolPatch retiring(List<RetiringRange> retiring) {
    if (!retiring.isEmpty()) {
      annotations.put(PoolState.RETIRING, RetiringRange.textOf(retiring));
    } else if (!current.retiring().isEmpty()) {
      annotations.put(PoolState.RETIRING, null);
    }
    return this;
  }

  PoolPatch mark(Optional<String> mark) {
    mark.ifPresent(text -> annotations.put(PoolState.RELOAD_MARK, text));
    return this;
  }

  Map<String, Object> asMap() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", current.resourceVersion());
    metadata.put("annotations", annotations);
    Map<String, Object> patch = new LinkedHashMap<>();
    patch.put("metadata", metadata);
    patch.put("spec", Map.of("addresses", addresses));
    return patch;
  }
}
