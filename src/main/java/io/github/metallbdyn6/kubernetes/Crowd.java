package io.github.metallbdyn6.kubernetes;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The services that there is room for. When there are more, the namespace that has the most of them
 * gives way, so that nobody can push out a neighbour's.
 */
final class Crowd {
  /** A pod's memory holds these, each with all texts that the program reads. */
  static final int MOST = 2000;

  private final int most;
  private final Map<String, String> namespaces = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Crowd(int most) {
    this.most = most;
  }

  /** Takes in a service; returns the one that has to go for it, which may be the same. */
  Optional<String> add(String uid, String namespace) {
    if (namespaces.putIfAbsent(uid, namespace) != null) {
      return Optional.empty();
    }
    counts.merge(namespace, 1, Integer::sum);
    if (namespaces.size() <= most) {
      return Optional.empty();
    }
    String leaving = lastOf(largest());
    remove(leaving);
    return Optional.of(leaving);
  }

  /** Takes out a service; tells whether it was in. */
  boolean remove(String uid) {
    @Nullable String namespace = namespaces.remove(uid);
    if (namespace == null) {
      return false;
    }
    counts.computeIfPresent(namespace, (name, count) -> count > 1 ? count - 1 : null);
    return true;
  }

  List<String> uids() {
    return List.copyOf(namespaces.keySet());
  }

  private String largest() {
    return counts.entrySet().stream()
        .max(
            Comparator.comparing(Map.Entry<String, Integer>::getValue)
                .thenComparing(Map.Entry::getKey))
        .map(Map.Entry::getKey)
        .orElseThrow();
  }

  private String lastOf(String namespace) {
    return namespaces.entrySet().stream()
        .filter(entry -> entry.getValue().equals(namespace))
        .map(Map.Entry::getKey)
        .reduce((one, other) -> other)
        .orElseThrow();
  }
}
