package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6OrIpv4;
import java.util.Optional;

/**
 * One string of {@code spec.addresses}.
 *
 * @param text exactly as it stands in the pool; it is written back like that
 * @param range its value, if it is IPv6; entries are compared by it, never by their text
 */
public record PoolEntry(String text, Optional<AddressRange> range) {

  /** Reads an entry; IPv4 and junk are entries without a range. */
  public static PoolEntry of(String text) {
    return new PoolEntry(text, AddressRange.parseEntry(text));
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
