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
  private static final int SHOWN = 40;

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
    return HostPart.parse(text)
        .map(part -> of(part, what, service, range, claims))
        .orElseGet(
            () ->
                refused(
                    "%s%s cannot be followed: it is no IPv6 address with bits only in the low 64, such as ::1025"
                        .formatted(what, quoted(text))));
  }

  /** Somebody has written it: as much as tells which text it is, and no line breaks. */
  private static String quoted(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return '"' + shown.replaceAll("[\\p{Cntrl}\"]", "?") + '"';
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
