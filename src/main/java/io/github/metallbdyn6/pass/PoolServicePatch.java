package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.handover.ServicePatch;

/**
 * A patch of a service that is due in the pass of a pool.
 *
 * @param pool namespace and name of the pool
 * @param patch the patch
 */
public record PoolServicePatch(String pool, ServicePatch patch) {}
