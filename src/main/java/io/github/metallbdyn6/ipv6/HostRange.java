package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;

/**
 * The host parts, first to last, that the pool offers under every prefix: addresses with bits only
 * in the low 64.
 */
public record HostRange(IPv6Address first, IPv6Address last) {

  /**
   * @throws IllegalArgumentException for bits in the high 64, or a first host part above the last
   */
  public HostRange {
    requireHostPart(first);
    requireHostPart(last);
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          "the start " + Ipv6Text.show(first) + " lies above the end " + Ipv6Text.show(last));
    }
  }

  /**
   * Reads {@code ::1000-::1999} (spaces around the dash do not matter), a single {@code ::1000}, or
   * a CIDR prefix of the low 64 bits, {@code ::1000/116}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static HostRange parse(String text) {
    if (text.contains("/") && !text.contains("-")) {
      AddressRange range = Ipv6Prefix.parse(text.strip()).toRange();
      return new HostRange(range.first(), range.last());
    }
    int dash = text.indexOf('-');
    String first = dash < 0 ? text : text.substring(0, dash);
    String last = dash < 0 ? text : text.substring(dash + 1);
    return new HostRange(parseHostPart(first.strip()), parseHostPart(last.strip()));
  }

  private static IPv6Address parseHostPart(String text) {
    return Ipv6Text.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    text.isEmpty() ? "one end is missing" : text + " is not an IPv6 address"));
  }

  private static void requireHostPart(IPv6Address address) {
    if (!Ipv6Text.hasBitsOnlyIn(address, Ipv6Prefix.SUBNET_LENGTH, Ipv6Text.BITS)) {
      throw new IllegalArgumentException(
          Ipv6Text.show(address) + " has bits in the high 64, which belong to the prefix");
    }
  }

  /** Returns these host parts under a subnet prefix, which has at most 64 bits. */
  public AddressRange under(Ipv6Prefix subnet) {
    return new AddressRange(subnet.network().bitwiseOr(first), subnet.network().bitwiseOr(last));
  }

  @Override
  public String toString() {
    return Ipv6Text.show(first) + "-" + Ipv6Text.show(last);
  }
}
