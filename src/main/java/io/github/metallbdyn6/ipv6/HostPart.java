package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;
import java.util.Optional;

/** The low 64 bits of an address: a service keeps them when the prefix changes. */
public record HostPart(IPv6Address bits) {

  /**
   * @throws IllegalArgumentException for bits in the high 64
   */
  public HostPart {
    if (!Ipv6Text.hasBitsOnlyIn(bits, Ipv6Prefix.SUBNET_LENGTH, Ipv6Text.BITS)) {
      throw new IllegalArgumentException(
          Ipv6Text.show(bits) + " has bits in the high 64, which belong to the prefix");
    }
  }

  /** Reads an IPv6 address that has only low bits, {@code ::1025}; anything else is none. */
  public static Optional<HostPart> parse(String text) {
    return Ipv6Text.parse(text.strip())
        .filter(bits -> Ipv6Text.hasBitsOnlyIn(bits, Ipv6Prefix.SUBNET_LENGTH, Ipv6Text.BITS))
        .map(HostPart::new);
  }

  /** Returns the address with this host part in the /64 that the range begins in. */
  public Ipv6Address under(AddressRange range) {
    return new Ipv6Address(Ipv6Text.cut(range.first(), Ipv6Prefix.SUBNET_LENGTH).bitwiseOr(bits));
  }

  /** RFC 5952 text, {@code ::1025}. */
  @Override
  public String toString() {
    return Ipv6Text.show(bits);
  }
}
