package io.github.metallbdyn6.pool;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import io.github.metallbdyn6.ipv6.AddressRange;
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
    IPAddress ip = new IPAddressString(address.strip()).getAddress();
    int dash = text.indexOf('-');
    IPAddress first =
        new IPAddressString(text.substring(0, Math.max(dash, 0)).strip()).getAddress();
    IPAddress last = new IPAddressString(text.substring(dash + 1).strip()).getAddress();
    if (ip == null || last == null || (dash >= 0 && first == null)) {
      return false;
    }
    return dash < 0
        ? last.toPrefixBlock().contains(ip)
        : first.getIPVersion() == ip.getIPVersion()
            && first.compareTo(ip) <= 0
            && last.compareTo(ip) >= 0;
  }

  boolean is(AddressRange value) {
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
