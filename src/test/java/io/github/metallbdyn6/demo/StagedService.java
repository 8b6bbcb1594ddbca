package io.github.metallbdyn6.demo;

import java.util.List;

/**
 * A service as the API shows it.
 *
 * @param name of it
 * @param ipv4 its IPv4 address; empty: none
 * @param ipv6 its IPv6 address; empty: none
 */
record StagedService(String name, String ipv4, String ipv6) {

  static StagedService of(String name, List<String> addresses) {
    return new StagedService(name, first(addresses, false), first(addresses, true));
  }

  private static String first(List<String> addresses, boolean ipv6) {
    return addresses.stream()
        .filter(address -> address.contains(":") == ipv6)
        .findFirst()
        .orElse("");
  }

  boolean isUnder(String prefix) {
    return ipv6.startsWith(prefix + "::");
  }

  /** Tells whether this is the other service, with its IPv4 address and its host part. */
  boolean keepsWhatHas(StagedService other) {
    return name.equals(other.name)
        && ipv4.equals(other.ipv4)
        && hostPart().equals(other.hostPart());
  }

  private String hostPart() {
    return ipv6.replaceFirst(".*::", "::");
  }
}
