package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The IPv6 addresses from first to last, both included; what MetalLB writes as {@code first-last}.
 * Equal ranges are equal however they were spelled.
 */
public record AddressRange(IPv6Address first, IPv6Address last) {

  /**
   * @throws IllegalArgumentException when the first address lies above the last
   */
  public AddressRange {
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException(
          Ipv6Text.show(first) + " lies above " + Ipv6Text.show(last));
    }
  }

  /**
   * Reads one entry of an IPAddressPool's {@code spec.addresses} as MetalLB does: a CIDR prefix, or
   * {@code first-last} with or without spaces around the dash.
   *
   * @return the range, or nothing for IPv4 and for what is no range at all
   */
  public static Optional<AddressRange> parseEntry(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      return Ipv6Prefix.parseLoosely(text.strip()).map(Ipv6Prefix::toRange);
    }
    Optional<IPv6Address> first = Ipv6Text.parse(text.substring(0, dash).strip());
    Optional<IPv6Address> last = Ipv6Text.parse(text.substring(dash + 1).strip());
    if (first.isEmpty() || last.isEmpty() || first.get().compareTo(last.get()) > 0) {
      return Optional.empty();
    }
    return Optional.of(new AddressRange(first.get(), last.get()));
  }

  /** Tells whether the whole other range lies in this one. */
  public boolean contains(AddressRange other) {
    return first.compareTo(other.first) <= 0 && last.compareTo(other.last) >= 0;
  }

  /** Tells whether any address lies in both. */
  public boolean overlaps(AddressRange other) {
    return first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
  }

  /** Tells whether every address is global unicast, {@code 2000::/3} (RFC 4291, section 2.4). */
  public boolean isGlobalUnicast() {
    return Ipv6Prefix.GLOBAL_UNICAST.contains(this);
  }

  public BigInteger size() {
    return last.getValue().subtract(first.getValue()).add(BigInteger.ONE);
  }

  /** Returns the address so many steps behind the first one, going round at the end. */
  public Ipv6Address at(long step) {
    BigInteger offset = BigInteger.valueOf(step).mod(size());
    return new Ipv6Address(first.increment(offset.longValueExact()));
  }

  /** Returns the host part of this range, or nothing if it spans more than one /64. */
  public Optional<HostRange> hostRange() {
    Ipv6Prefix subnet =
        new Ipv6Prefix(Ipv6Text.cut(first, Ipv6Prefix.SUBNET_LENGTH), Ipv6Prefix.SUBNET_LENGTH);
    return subnet.contains(this)
        ? Optional.of(
            new HostRange(
                Ipv6Text.clear(first, Ipv6Prefix.SUBNET_LENGTH),
                Ipv6Text.clear(last, Ipv6Prefix.SUBNET_LENGTH)))
        : Optional.empty();
  }

  /** The range as MetalLB's {@code first-last}, both ends in RFC 5952 text. */
  @Override
  public String toString() {
    return Ipv6Text.show(first) + "-" + Ipv6Text.show(last);
  }
}
