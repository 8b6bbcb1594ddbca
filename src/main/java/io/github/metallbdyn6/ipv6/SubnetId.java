package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;

/**
 * The bits between the delegated prefix and /64 (RFC 4291, section 2.5.4), written as an IPv6
 * address that has only these: {@code 0:0:0:cd::}. With {@code ::} it is the first subnet.
 *
 * @param bits the subnet id in its place
 */
public record SubnetId(IPv6Address bits) {

  /**
   * @throws IllegalArgumentException for bits in the host part
   */
  public SubnetId {
    if (!Ipv6Text.hasBitsOnlyIn(bits, 0, Ipv6Prefix.SUBNET_LENGTH)) {
      throw new IllegalArgumentException(Ipv6Text.show(bits) + " has bits behind 64");
    }
  }

  /**
   * Reads the subnet id from an IPv6 address; leading zeros as in {@code 0:0:0:00cd::} are allowed.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static SubnetId parse(String text) {
    return new SubnetId(bitsIn(text));
  }

  /**
   * Reads the subnet id as {@link #parse(String)} does, for a known length of delegated prefixes.
   *
   * @param prefixLength in bits
   * @throws IllegalArgumentException also for a prefix length outside 1 to 63, or for bits in the
   *     delegated prefix
   */
  public static SubnetId parse(String text, int prefixLength) {
    if (prefixLength < 1 || prefixLength >= Ipv6Prefix.SUBNET_LENGTH) {
      throw new IllegalArgumentException(
          "a prefix with room for a subnet id has a length of 1 to 63, not " + prefixLength);
    }
    IPv6Address bits = bitsIn(text);
    if (!Ipv6Text.hasBitsOnlyIn(bits, prefixLength, Ipv6Prefix.SUBNET_LENGTH)) {
      throw new IllegalArgumentException(
          Ipv6Text.show(bits) + " has bits outside " + prefixLength + " to 64");
    }
    return new SubnetId(bits);
  }

  private static IPv6Address bitsIn(String text) {
    return Ipv6Text.parse(text)
        .orElseThrow(() -> new IllegalArgumentException(text + " is not an IPv6 address"));
  }

  /** Tells whether delegated prefixes of this length, in bits, leave room for it. */
  public boolean fitsBehind(int prefixLength) {
    return Ipv6Text.hasBitsOnlyIn(bits, prefixLength, Ipv6Prefix.SUBNET_LENGTH);
  }

  /** Returns the subnet prefix, a /64, that this id selects in a delegated prefix that it fits. */
  public Ipv6Prefix under(Ipv6Prefix delegated) {
    return new Ipv6Prefix(delegated.network().bitwiseOr(bits), Ipv6Prefix.SUBNET_LENGTH);
  }

  /** The bits as an IPv6 address in RFC 5952 text. */
  @Override
  public String toString() {
    return Ipv6Text.show(bits);
  }
}
