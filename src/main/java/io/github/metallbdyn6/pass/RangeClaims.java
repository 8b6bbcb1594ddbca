package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.WrongPoolRules;
import java.util.Map;
import java.util.TreeMap;

/** The address ranges that pools are to get. MetalLB refuses pools whose addresses overlap. */
final class RangeClaims {
  private final Map<String, AddressRange> claims = new TreeMap<>();

  /** Begins anew, with the ranges that are known before any pool is changed. */
  synchronized void begin(Map<String, AddressRange> known) {
    claims.clear();
    claims.putAll(known);
  }

  /**
   * Takes the range that a pool is to get, and returns it.
   *
   * @throws WrongPoolRules when another pool is to get some of it; this names both pools
   */
  synchronized AddressRange claim(String pool, AddressRange range) {
    claims.put(pool, range);
    claims.forEach(
        (other, claimed) -> {
          if (!other.equals(pool) && claimed.overlaps(range)) {
            throw new WrongPoolRules(
                "pool %s would get %s, and pool %s would get %s, which overlap: give each its own host range or subnet id"
                    .formatted(pool, range, other, claimed));
          }
        });
    return range;
  }
}
