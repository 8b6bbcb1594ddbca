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

  PoolPatch annotate(Map<String, String> besides) {
    annotations.putAll(besides);
    return this;
  }

  /** An annotation of which nothing is left is taken away; one that never was is not mentioned. */
  PoolPatch retiring(List<RetiringRange> retiring) {
    return put(PoolState.RETIRING, RetiringRange.textOf(retiring), !current.retiring().isEmpty());
  }

  PoolPatch validUntil(Optional<TimedRange> validity) {
    return put(
        PoolState.VALID_UNTIL,
        validity.map(TimedRange::toString).orElse(""),
        current.validity().isPresent());
  }

  /** Where services were moved before, a range that is replaced without moving them counts, too. */
  PoolPatch earlier(List<AddressRange> replaced) {
    boolean wereMoved = !current.earlier().ranges().isEmpty();
    return put(
        PoolState.EARLIER, wereMoved ? current.earlier().and(replaced).toString() : "", false);
  }

  private PoolPatch put(String key, String text, boolean isThere) {
    if (!text.isEmpty()) {
      annotations.put(key, text);
    } else if (isThere) {
      annotations.put(key, null);
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
