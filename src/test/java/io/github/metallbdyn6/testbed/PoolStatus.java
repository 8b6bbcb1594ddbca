package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/** The status of an IPAddressPool, as MetalLB writes it since 0.15: what it counts there. */
record PoolStatus(long assignedIpv4, long assignedIpv6, long availableIpv4, long availableIpv6) {

  static PoolStatus of(KnownPool pool, Allocator allocator) {
    long assigned4 = allocator.assigned(pool.name(), false);
    long assigned6 = allocator.assigned(pool.name(), true);
    return new PoolStatus(
        assigned4, assigned6, pool.count(false) - assigned4, pool.count(true) - assigned6);
  }

  void write(Resource<GenericKubernetesResource> pool) {
    pool.subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"status\":{\"assignedIPv4\":%d,\"assignedIPv6\":%d,\"availableIPv4\":%d,\"availableIPv6\":%d}}"
                .formatted(assignedIpv4, assignedIpv6, availableIpv4, availableIpv6));
  }
}
