package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;

/**
 * The bits between the delegated prefix and /64 (RFC 4291, section 2.5.4), written as an IPv6
 * address that has only these: {@code 0:0:0:cd::}.
 *
 * @param bits the subnet id in its place
 * @param prefixLength the length of the delegated prefix, in bits, 1 to 63
 */
public record SubnetId(IPv6Address bits, int prefixLength) {

  /**
   * @throws IllegalArgumentException for a prefix length outside 1 to 63, or for bits outside the
   *     subnet id
   */
  public SubnetId {
    if (prefixLength < 1 || prefixLength >= Ipv6Prefix.SUBNET_LENGTH) {
      throw new IllegalArgumentException(
          "a prefix with room for a subnet id has a length of 1 to 63, not " + prefixLength);
    }
    if (!Ipv6Text.hasBitsOnlyIn(bits, prefixLength, Ipv6Prefix.SUBNET_LENGTH)) {
      throw new IllegalArgumentException(
          Ipv6Text.show(bits) + " has bits outside " + prefixLength + " to 64");
    }
  }

  /**
   * Reads the subnet id from an IPv6 address; leading zeros as in {@code 0:0:0:00cd::} are allowed.
   *
   * @param prefixLength the length of the delegated prefix, in bits
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static SubnetId parse(String text, int prefixLength) {
    return new SubnetId(
        Ipv6Text.parse(text)
            .orElseThrow(() -> new IllegalArgumentException(text + " is not an IPv6 address")),
        prefixLength);
  }

  /** Returns the subnet prefix, a /64, that this id selects in the delegated prefix. */
  Ipv6Prefix under(Ipv6Prefix delegated) {
    return new Ipv6Prefix(
        delegated.cutTo(prefixLength).network().bitwiseOr(bits), Ipv6Prefix.SUBNET_LENGTH);
  }
}
