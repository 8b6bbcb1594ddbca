package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6OrIpv4;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/**
 * One string of {@code spec.addresses}.
 *
 * @param text exactly as it stands in the pool; it is written back like that
 * @param range its value, if it is IPv6; entries are compared by it, never by their text
 */
public record PoolEntry(String text, Optional<AddressRange> range) {
  /** MetalLB counts an IPv6 block of 2^62 addresses or more as if it never ended. */
  private static final int COUNTABLE_BITS = 62;

  /** Reads an entry; IPv4 and junk are entries without a range. */
  public static PoolEntry of(String text) {
    return new PoolEntry(text, AddressRange.parseEntry(text));
  }

  /** Returns how many IPv6 addresses these entries have, if MetalLB can count as far. */
  static Optional<Long> ipv6AddressesIn(List<PoolEntry> entries) {
    BigInteger sum = BigInteger.ZERO;
    for (PoolEntry entry : entries) {
      if (entry.range.isEmpty() && entry.text.contains(":")) {
        return Optional.empty();
      }
      sum = sum.add(entry.range.map(AddressRange::size).orElse(BigInteger.ZERO));
    }
    return sum.bitLength() > COUNTABLE_BITS ? Optional.empty() : Optional.of(sum.longValue());
  }

  /** Tells whether MetalLB can give this address, of either family, from this entry. */
  public boolean holds(String address) {
    return Ipv6OrIpv4.isIn(address, text);
  }

  public boolean is(AddressRange value) {
    return range.filter(value::equals).isPresent();
  }

  boolean isGlobalUnicast() {
    return range.filter(AddressRange::isGlobalUnicast).isPresent();
  }

  @Override
  public String toString() {
    return text;
  }
}
