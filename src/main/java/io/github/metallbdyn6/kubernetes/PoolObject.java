package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the pool's Kubernetes object, and refuses one that it cannot write back safely. */
final class PoolObject {
  private PoolObject() {}

  static PoolState stateOf(GenericKubernetesResource pool) {
    Map<String, String> annotations = pool.getMetadata().getAnnotations();
    if (pool.getMetadata().getResourceVersion() == null) {
      throw new PoolUnusable(
          "the IPAddressPool has no resourceVersion, so it cannot be patched safely");
    }
    return PoolState.of(
        pool.getMetadata().getResourceVersion(),
        addressesOf(pool),
        annotations == null ? Map.of() : annotations,
        Instant.now(),
        countedIn(pool));
  }

  /** MetalLB writes how many addresses services have, and how many are left. */
  private static Optional<Long> countedIn(GenericKubernetesResource pool) {
    return pool.getAdditionalProperties().get("status") instanceof Map<?, ?> status
            && status.get("assignedIPv6") instanceof Number assigned
            && status.get("availableIPv6") instanceof Number available
        ? Optional.of(assigned.longValue() + available.longValue())
        : Optional.empty();
  }

  private static List<String> addressesOf(GenericKubernetesResource pool) {
    Object addresses =
        pool.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec
            ? spec.get("addresses")
            : null;
    if (addresses instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
      return list.stream().map(String.class::cast).toList();
    }
    throw new PoolUnusable(
        "spec.addresses of IPAddressPool %s/%s is not a list of strings; it is left as it is"
            .formatted(pool.getMetadata().getNamespace(), pool.getMetadata().getName()));
  }
}
