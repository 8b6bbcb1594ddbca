package io.github.metallbdyn6.follower;

import io.github.metallbdyn6.ipv6.HostPart;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A DNS name and the address that it has under the current subnet prefix. */
public record HostAddress(String host, Ipv6Address address) {
  private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";

  /**
   * Reads {@code nas.example.org=::1:25, vpn.example.org=::1:26}.
   *
   * @throws FollowerFailed when it is something else
   */
  public static List<HostAddress> parseAll(String text, Ipv6Prefix subnetPrefix) {
    List<HostAddress> all =
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(entry -> !entry.isEmpty())
            .map(entry -> parse(entry, subnetPrefix))
            .toList();
    if (all.isEmpty()) {
      throw new FollowerFailed("METALLB_DYN6_HOSTS names no host");
    }
    return all;
  }

  private static HostAddress parse(String entry, Ipv6Prefix subnetPrefix) {
    String[] parts = entry.split("=", 2);
    String host = parts[0].strip().toLowerCase(Locale.ROOT);
    if (parts.length < 2 || !host.matches("(\\*\\.)?%1$s(\\.%1$s)+".formatted(LABEL))) {
      throw wrong(entry);
    }
    return HostPart.parse(parts[1])
        .map(part -> new HostAddress(host, part.under(subnetPrefix.toRange())))
        .orElseThrow(() -> wrong(entry));
  }

  private static FollowerFailed wrong(String entry) {
    return new FollowerFailed(
        "'%s' in METALLB_DYN6_HOSTS is no name with a host part, such as nas.example.org=::1:25"
            .formatted(entry));
  }
}
