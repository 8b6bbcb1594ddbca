package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who has, or asks for, which address. Asked for an address that another service has, MetalLB would
 * take away all that the asking one has, IPv4 included, and give it nothing.
 */
final class Claims {
  private final Map<Ipv6Address, List<ServiceState>> holders = new HashMap<>();

  static Claims of(Collection<ServiceState> services) {
    Claims claims = new Claims();
    for (ServiceState service : services) {
      Stream.of(service.addresses(), service.asked())
          .flatMap(list -> list.items().stream())
          .map(Ipv6Address::parse)
          .flatMap(Optional::stream)
          .distinct()
          .forEach(address -> claims.add(address, service));
    }
    return claims;
  }

  void add(Ipv6Address address, ServiceState service) {
    holders.computeIfAbsent(address, key -> new ArrayList<>()).add(service);
  }

  /** Returns who stands in the way: a service that does not share its addresses with this one. */
  Optional<ServiceState> inTheWay(Ipv6Address address, ServiceState service) {
    return holders.getOrDefault(address, List.of()).stream()
        .filter(other -> !other.uid().equals(service.uid()) && !shares(other, service))
        .findFirst();
  }

  private static boolean shares(ServiceState one, ServiceState other) {
    return !one.sharingKey().isEmpty() && one.sharingKey().equals(other.sharingKey());
  }
}
