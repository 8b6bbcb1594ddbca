package io.github.metallbdyn6.testbed;

import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import java.util.Iterator;

/**
 * One entry of a pool as MetalLB reads it, of either family. With its own parser, so that the model
 * does not repeat an error of the program.
 */
record IpRange(IPAddress first, IPAddress last) {

  /** Reads {@code first-last} or {@code address/length}. */
  static IpRange parse(String entry) {
    int dash = entry.indexOf('-');
    if (dash >= 0) {
      return new IpRange(address(entry.substring(0, dash)), address(entry.substring(dash + 1)));
    }
    IPAddress block = address(entry).toPrefixBlock();
    return new IpRange(
        block.getLower().withoutPrefixLength(), block.getUpper().withoutPrefixLength());
  }

  /** Reads an address of either family. */
  static IPAddress address(String text) {
    IPAddress address = new IPAddressString(text.strip()).getAddress();
    if (address == null) {
      throw new IllegalArgumentException("not an address: " + text);
    }
    return address;
  }

  boolean isIpv6() {
    return first.isIPv6();
  }

  boolean contains(IPAddress address) {
    return address.isIPv6() == isIpv6()
        && first.compareTo(address) <= 0
        && last.compareTo(address) >= 0;
  }

  /** Returns the CIDR prefixes that it consists of. */
  IPAddress[] blocks() {
    return first.spanWithPrefixBlocks(last);
  }

  Iterator<? extends IPAddress> addresses() {
    return first.spanWithRange(last).iterator();
  }
}
