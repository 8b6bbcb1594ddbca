package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.Locale;

/** How the pool gets from one prefix to the next. */
public enum Transition {
  /** The new range takes the place of the old one at once; MetalLB reassigns what it must. */
  REPLACE,
  /** The new range stands beside the old one until every service has moved. */
  HANDOVER;

  /**
   * Reads {@code replace} or {@code handover}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Transition parse(String text) {
    for (Transition transition : values()) {
      if (transition.toString().equals(text)) {
        return transition;
      }
    }
    throw new IllegalArgumentException("neither replace nor handover");
  }

  /**
   * Plans how the desired range gets into the pool.
   *
   * @throws PoolConflict when it overlaps an entry that is not ours
   */
  public PoolPlan plan(PoolState current, AddressRange desired) {
    return plan(current, desired, new PrefixValidity());
  }

  /**
   * Plans how the desired range gets into the pool.
   *
   * @param validity what is known of how long prefixes are valid
   * @throws PoolConflict when it overlaps an entry that is not ours
   */
  public PoolPlan plan(PoolState current, AddressRange desired, PrefixValidity validity) {
    return this == HANDOVER
        ? new Widening(current, desired, validity).plan()
        : PoolPlan.of(current, desired);
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
