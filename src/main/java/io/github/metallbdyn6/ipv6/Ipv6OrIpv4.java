package io.github.metallbdyn6.ipv6;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import org.jspecify.annotations.Nullable;

/** Tells of an address of either family whether it lies in an entry of a pool. */
public final class Ipv6OrIpv4 {
  private Ipv6OrIpv4() {}

  /**
   * Tells whether an address lies in an entry, which is a CIDR prefix or {@code first-last}. What
   * is neither holds nothing.
   */
  public static boolean isIn(String address, String entry) {
    int dash = entry.indexOf('-');
    @Nullable IPAddress ip = parse(address);
    @Nullable IPAddress first = parse(dash < 0 ? entry : entry.substring(0, dash));
    @Nullable IPAddress last = parse(entry.substring(dash + 1));
    if (ip == null || first == null || last == null || ip.isIPv6() != first.isIPv6()) {
      return false;
    }
    return dash < 0
        ? first.toPrefixBlock().contains(ip)
        : first.compareTo(ip) <= 0 && last.compareTo(ip) >= 0;
  }

  private static @Nullable IPAddress parse(String text) {
    return new IPAddressString(text.strip()).getAddress();
  }
}
