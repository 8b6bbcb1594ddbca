package io.github.metallbdyn6.ipv6;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.AddressStringParameters.RangeParameters;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the text of one IPv6 address (RFC 4291, section 2.2), and nothing else: the library
 * underneath also knows wildcards, masks, base 85 and single numbers, none of which may pass here.
 */
public final class Ipv6Text {
  public static final int BITS = IPv6Address.BIT_COUNT;

  /**
   * Groups of at most four digits, and at the end perhaps an IPv4 address of four plain decimals:
   * the library would read {@code ::1.2} and {@code ::010.0.0.1} too, as C's inet_aton does.
   */
  private static final Pattern SHAPE =
      Pattern.compile(
          "(?:[0-9A-Fa-f]{0,4}:){2,8}(?:[0-9A-Fa-f]{0,4}|%1$s(?:\\.%1$s){3})"
              .formatted("(?:0|[1-9][0-9]{0,2})"));

  private static final IPAddressStringParameters STRICT =
      new IPAddressStringParameters.Builder()
          .allowEmpty(false)
          .allowAll(false)
          .allowSingleSegment(false)
          .allowWildcardedSeparator(false)
          .allowIPv4(false)
          .allowMask(false)
          .allowPrefix(false)
          .setRangeOptions(RangeParameters.NO_RANGE)
          .getIPv6AddressParametersBuilder()
          .allowZone(false)
          .allowBase85(false)
          .allowBinary(false)
          .getParentBuilder()
          .toParams();

  private Ipv6Text() {}

  /** Returns the address, or nothing when the text is anything but one plain IPv6 address. */
  public static Optional<IPv6Address> parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new IPAddressString(text, STRICT).toAddress().toIPv6());
    } catch (AddressStringException | IncompatibleAddressException e) {
      return Optional.empty();
    }
  }

  /** Returns the decimal number, or nothing when it is not one from 0 to 128. */
  public static Optional<Integer> parseLength(String text) {
    if (!text.matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    return Optional.of(Integer.parseInt(text)).filter(length -> length <= BITS);
  }

  /** Tells whether the address has bits only in {@code [from, to)}, counted from the left. */
  static boolean hasBitsOnlyIn(IPv6Address address, int from, int to) {
    return cut(address, from).isZero() && cut(address, to).equals(address);
  }

  /** Keeps the first {@code length} bits and clears the others. */
  static IPv6Address cut(IPv6Address address, int length) {
    return address.mask(address.getNetwork().getNetworkMask(length, false));
  }

  /** Keeps the first {@code length} bits and sets the others. */
  static IPv6Address fill(IPv6Address address, int length) {
    return address.bitwiseOr(address.getNetwork().getHostMask(length));
  }

  /** Clears the first {@code length} bits and keeps the others. */
  static IPv6Address clear(IPv6Address address, int length) {
    return address.mask(address.getNetwork().getHostMask(length));
  }

  /** RFC 5952 text. */
  static String show(IPv6Address address) {
    return address.toCanonicalString();
  }
}
