package io.github.metallbdyn6.pool;

import static java.util.Objects.requireNonNull;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A pool as the API server keeps it: a merge patch (RFC 7386) replaces the list and merges the
 * annotations.
 */
record LivePool(List<String> addresses, Map<String, String> annotations) {

  static LivePool withoutRecord(List<String> addresses) {
    return new LivePool(addresses, Map.of());
  }

  static LivePool withRecord(String record, List<String> addresses) {
    return new LivePool(addresses, Map.of(PoolState.RECORD, record));
  }

  PoolPlan plan(AddressRange desired) {
    return PoolPlan.of(PoolState.of("7", addresses, annotations, Instant.EPOCH), desired);
  }

  /** One pass of the program: only a change is written. */
  LivePool afterPass(AddressRange desired) {
    PoolPlan plan = plan(desired);
    return plan.isChanged() ? patched(plan) : this;
  }

  PoolState read(Instant now) {
    return PoolState.of("7", addresses, annotations, now);
  }

  LivePool patched(PoolPlan plan) {
    return patched(plan.patch(Optional.empty(), Map.of()));
  }

  LivePool patched(Map<String, Object> patch) {
    Map<String, String> merged = new TreeMap<>(annotations);
    in(in(patch, "metadata"), "annotations")
        .forEach(
            (key, value) -> {
              merged.remove(String.valueOf(key));
              if (value != null) {
                merged.put(String.valueOf(key), String.valueOf(value));
              }
            });
    List<?> patchedAddresses = (List<?>) requireNonNull(in(patch, "spec").get("addresses"));
    return new LivePool(patchedAddresses.stream().map(String.class::cast).toList(), merged);
  }

  /** Carries out a JSON patch (RFC 6902); a failed test refuses all of it. */
  LivePool patched(List<Map<String, Object>> operations) {
    List<String> entries = addresses;
    Map<String, String> changed = new TreeMap<>(annotations);
    for (Map<String, Object> operation : operations) {
      String path = (String) requireNonNull(operation.get("path"));
      String key = path.replace("/metadata/annotations/", "").replace("~1", "/");
      switch ((String) requireNonNull(operation.get("op"))) {
        case "test" -> requireSame(operation.get("value"), addresses);
        case "replace" -> entries = strings(operation.get("value"));
        case "add" -> changed.put(key, String.valueOf(operation.get("value")));
        default -> requireNonNull(changed.remove(key));
      }
    }
    return new LivePool(entries, changed);
  }

  private static void requireSame(@Nullable Object wanted, Object found) {
    if (!found.equals(wanted)) {
      throw new IllegalStateException("422");
    }
  }

  private static List<String> strings(@Nullable Object list) {
    return ((List<?>) requireNonNull(list)).stream().map(String.class::cast).toList();
  }

  private static Map<?, ?> in(Map<?, ?> object, String field) {
    return (Map<?, ?>) requireNonNull(object.get(field));
  }
}
