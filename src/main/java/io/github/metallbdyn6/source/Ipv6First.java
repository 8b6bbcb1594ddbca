package io.github.metallbdyn6.source;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Has a host be asked by IPv6 if it can be: one that also has IPv4 addresses would tell the IPv4
 * address that it was asked from. By IPv4 only if there is no other way, as to a router.
 */
final class Ipv6First implements DnsResolver {
  private final DnsResolver system = SystemDefaultDnsResolver.INSTANCE;

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    return sorted(system.resolve(host));
  }

  /** Sorts IPv6 addresses to the front; otherwise the order stays. */
  static InetAddress[] sorted(InetAddress... addresses) {
    return Arrays.stream(addresses)
        .sorted(Comparator.comparing(address -> !(address instanceof Inet6Address)))
        .toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return system.resolveCanonicalHostname(host);
  }
}
