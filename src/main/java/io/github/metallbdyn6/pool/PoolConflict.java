package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;

/** The wanted range overlaps an entry that is not ours; MetalLB refuses overlapping entries. */
public final class PoolConflict extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PoolConflict(AddressRange desired, PoolEntry foreign) {
    super(
        "the wanted range %s overlaps the pool's entry %s, which is not ours; remove that entry or choose another METALLB_DYN6_HOST_RANGE"
            .formatted(desired, foreign));
  }
}
