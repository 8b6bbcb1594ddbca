package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;
import java.util.Optional;

/** One IPv6 address; equal addresses are equal however they were spelled. */
public record Ipv6Address(IPv6Address value) {

  /** Reads one plain address; anything else, IPv4 for example, is none. */
  public static Optional<Ipv6Address> parse(String text) {
    return Ipv6Text.parse(text.strip()).map(Ipv6Address::new);
  }

  /** Tells whether the range holds this address. */
  public boolean isIn(AddressRange range) {
    return range.contains(new AddressRange(value, value));
  }

  /** Tells whether it is global unicast, {@code 2000::/3} (RFC 4291, section 2.4). */
  public boolean isGlobalUnicast() {
    return new AddressRange(value, value).isGlobalUnicast();
  }

  /** Tells whether this address lies in the /64 that the range begins in. */
  public boolean isInSubnetOf(AddressRange range) {
    return Ipv6Text.cut(value, Ipv6Prefix.SUBNET_LENGTH)
        .equals(Ipv6Text.cut(range.first(), Ipv6Prefix.SUBNET_LENGTH));
  }

  public HostPart hostPart() {
    return new HostPart(Ipv6Text.clear(value, Ipv6Prefix.SUBNET_LENGTH));
  }

  /** RFC 5952 text. */
  @Override
  public String toString() {
    return Ipv6Text.show(value);
  }
}
