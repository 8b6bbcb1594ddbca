package io.github.metallbdyn6.ipv6;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressNetwork.IPAddressGenerator;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IncompatibleAddressException;
import java.util.Optional;
import java.util.regex.Pattern;

/** The IPv4 or IPv6 addresses that begin with the same bits: a CIDR prefix, or one address. */
public record AddressBlock(IPAddress prefix) {
  /** The library would read names of other kinds, single numbers and wildcards, too. */
  private static final Pattern SHAPE =
      Pattern.compile("(?:(?:\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*)(?:/\\d{1,3})?");

  /** Reads an address or a CIDR prefix; anything else is none. */
  public static Optional<AddressBlock> parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AddressBlock(new IPAddressString(text).toAddress().toPrefixBlock()));
    } catch (AddressStringException | IncompatibleAddressException e) {
      return Optional.empty();
    }
  }

  /** Tells whether this address, by its bytes, is one of them. */
  public boolean contains(byte[] address) {
    return prefix.contains(new IPAddressGenerator().from(address));
  }
}
