package io.github.metallbdyn6.pool;

import java.util.Optional;

/**
 * Whether MetalLB works with the pool as it is. Since 0.15 MetalLB writes into the pool's status
 * how many addresses it counts there, as soon as it works with the pool.
 */
public enum Uptake {
  /** MetalLB says nothing: it is older than 0.15, or has never seen the pool. */
  SILENT,
  /** MetalLB counts addresses, but the number proves nothing. */
  UNCERTAIN,
  /** MetalLB counts other addresses than the pool has. */
  PENDING,
  /** MetalLB counts the addresses that the pool has. */
  DONE;

  /**
   * Compares two counts.
   *
   * @param counted how many addresses MetalLB counts, if it says so
   * @param there how many the pool has, if MetalLB can count as far
   */
  static Uptake of(Optional<Long> counted, Optional<Long> there) {
    if (counted.isEmpty()) {
      return SILENT;
    }
    return there.map(number -> counted.get().equals(number) ? DONE : PENDING).orElse(UNCERTAIN);
  }
}
