package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;
import java.util.Optional;

/**
 * An IPv6 prefix (RFC 4291, section 2.3): the network's address, all host bits zero, and the prefix
 * length in bits, 0 to 128. A single address is a prefix of length 128.
 */
public record Ipv6Prefix(IPv6Address network, int length) {

  /** The length of a subnet prefix, in bits (RFC 4291, section 2.5.4). */
  public static final int SUBNET_LENGTH = 64;

  /** Where all addresses lie that a home can be given (RFC 4291, section 2.4). */
  public static final Ipv6Prefix GLOBAL_UNICAST = parse("2000::/3");

  /**
   * @throws IllegalArgumentException for a length outside 0 to 128, or for bits behind the length
   */
  public Ipv6Prefix {
    if (length < 0 || length > Ipv6Text.BITS) {
      throw new IllegalArgumentException("a prefix length is 0 to 128, not " + length);
    }
    if (!Ipv6Text.cut(network, length).equals(network)) {
      throw new IllegalArgumentException(
          Ipv6Text.show(network) + "/" + length + " has bits behind its prefix length");
    }
  }

  /**
   * Reads {@code address/length}, or a lone address as {@code /128}.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Ipv6Prefix parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    IPv6Address network =
        Ipv6Text.parse(address)
            .orElseThrow(() -> new IllegalArgumentException(address + " is not an IPv6 address"));
    if (slash < 0) {
      return new Ipv6Prefix(network, Ipv6Text.BITS);
    }
    String length = text.substring(slash + 1);
    return new Ipv6Prefix(
        network,
        Ipv6Text.parseLength(length)
            .orElseThrow(
                () -> new IllegalArgumentException("a prefix length is 0 to 128, not " + length)));
  }

  /** Returns the /64 that the range begins in. */
  public static Ipv6Prefix ofSubnet(AddressRange range) {
    return new Ipv6Prefix(Ipv6Text.cut(range.first(), SUBNET_LENGTH), SUBNET_LENGTH);
  }

  /** Returns the prefix of the same length that the range begins in. */
  public Ipv6Prefix atSameLength(AddressRange range) {
    return new Ipv6Prefix(Ipv6Text.cut(range.first(), length), length);
  }

  /** Returns the prefix of the given length, in bits, that holds this one's first address. */
  public Ipv6Prefix cutTo(int newLength) {
    return new Ipv6Prefix(Ipv6Text.cut(network, newLength), newLength);
  }

  /** Tells whether an address is the first one of this prefix: no bit of a host part is set. */
  public boolean beginsWith(Ipv6Prefix address) {
    return contains(address) && network.equals(address.network);
  }

  /** Tells whether every address of the other prefix lies in this one. */
  public boolean contains(Ipv6Prefix other) {
    return other.length >= length && Ipv6Text.cut(other.network, length).equals(network);
  }

  /** Tells whether both can be said of one home: they are the same, or one lies in the other. */
  public boolean isOneWith(Ipv6Prefix other) {
    return contains(other) || other.contains(this);
  }

  /** Tells whether the whole range lies in this prefix. */
  public boolean contains(AddressRange range) {
    return toRange().contains(range);
  }

  public AddressRange toRange() {
    return new AddressRange(network, Ipv6Text.fill(network, length));
  }

  /** Reads a CIDR prefix as MetalLB does: bits behind the length are ignored. */
  public static Optional<Ipv6Prefix> parseLoosely(String text) {
    int slash = text.indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    return Ipv6Text.parse(text.substring(0, slash))
        .flatMap(
            address ->
                Ipv6Text.parseLength(text.substring(slash + 1))
                    .map(length -> new Ipv6Prefix(Ipv6Text.cut(address, length), length)));
  }

  /** The prefix in RFC 5952 text, {@code 2001:db8::/56}. */
  @Override
  public String toString() {
    return Ipv6Text.show(network) + "/" + length;
  }
}
