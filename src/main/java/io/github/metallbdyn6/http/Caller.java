package io.github.metallbdyn6.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A caller: an IPv4 address, or the /64 of an IPv6 address, since a host has as many addresses in
 * its /64 as it likes.
 *
 * @param network a name for it
 */
public record Caller(String network) {
  public static Caller of(InetAddress address) {
    return new Caller(
        address instanceof Inet6Address
            ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), Long.BYTES))
            : address.getHostAddress());
  }
}
