package io.github.metallbdyn6.push;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/**
 * From which addresses may be called.
 *
 * @param prefixes IPv4 and IPv6; empty for from everywhere
 */
record AllowedCallers(List<Prefix> prefixes) {

  /**
   * Addresses whose first bits are these.
   *
   * @param address the network's
   * @param length in bits
   */
  record Prefix(InetAddress address, int length) {
    /** Reads an address, or a CIDR prefix. */
    static Prefix parse(String text) {
      int slash = text.indexOf('/');
      InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
      int bits = address.getAddress().length * Byte.SIZE;
      String length = slash < 0 ? String.valueOf(bits) : text.substring(slash + 1);
      if (!length.matches("[0-9]{1,3}") || Integer.parseInt(length) > bits) {
        throw wrong(text);
      }
      return new Prefix(address, Integer.parseInt(length));
    }

    /** A name would have to be looked up, and could be anybody's tomorrow. */
    private static InetAddress literal(String text) {
      if (!text.matches("(\\d{1,3}\\.){3}\\d{1,3}|[0-9a-fA-F.]*:[0-9a-fA-F:.]*")) {
        throw wrong(text);
      }
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException e) {
        throw wrong(text);
      }
    }

    private static IllegalArgumentException wrong(String text) {
      return new IllegalArgumentException(
          "METALLB_DYN6_PUSH_ALLOWED_CALLERS: %s is neither an address nor a CIDR prefix; for example: 192.168.178.1,fd00::/8"
              .formatted(text));
    }

    boolean contains(InetAddress caller) {
      byte[] ours = address.getAddress();
      byte[] theirs = caller.getAddress();
      if (ours.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < length; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads addresses and CIDR prefixes, separated by commas.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static AllowedCallers parse(String text) {
    return new AllowedCallers(
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(Prefix::parse)
            .toList());
  }

  /** Tells whether this one may call. */
  boolean contain(InetAddress caller) {
    return prefixes.isEmpty() || prefixes.stream().anyMatch(prefix -> prefix.contains(caller));
  }
}
