package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostPart;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.Optional;

/**
 * The address that a service should have: with the host part that the user declares, else with the
 * one that it has.
 *
 * @param address nothing when it cannot have any
 * @param problem why it is not what the user wants, for people
 */
record Destination(Optional<Ipv6Address> address, Optional<String> problem) {

  static Destination of(ServiceState service, HostPart present, AddressRange range, Claims claims) {
    String declared = service.annotation(Annotations.HOST_PART);
    Destination own = of(present, "its host part", service, range, claims);
    if (declared.isEmpty()) {
      return own;
    }
    Destination wanted = declared(declared, service, range, claims);
    return wanted.address.isPresent() ? wanted : new Destination(own.address, wanted.problem);
  }

  static Destination declared(
      String text, ServiceState service, AddressRange range, Claims claims) {
    String what = "the annotation %s=".formatted(Annotations.HOST_PART);
    try {
      return of(HostPart.parse(text), what, service, range, claims);
    } catch (IllegalArgumentException e) {
      return refused("%s%s cannot be followed: %s".formatted(what, text, e.getMessage()));
    }
  }

  private static Destination of(
      HostPart part, String what, ServiceState service, AddressRange range, Claims claims) {
    Ipv6Address address = part.under(range);
    String named = what.endsWith("=") ? what + part : what + " " + part;
    if (!address.isIn(range)) {
      return refused("%s cannot be had: %s lies outside %s".formatted(named, address, range));
    }
    return claims
        .inTheWay(address, service)
        .map(
            other ->
                refused("%s cannot be had: %s is taken by %s".formatted(named, address, other)))
        .orElseGet(() -> new Destination(Optional.of(address), Optional.empty()));
  }

  private static Destination refused(String problem) {
    return new Destination(Optional.empty(), Optional.of(problem));
  }
}
