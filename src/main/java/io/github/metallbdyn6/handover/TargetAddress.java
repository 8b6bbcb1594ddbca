package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostPart;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * The address that a service should have: with the host part that the user declares, else with the
 * one that it has.
 *
 * @param address nothing when it cannot have any
 * @param problem why it is not what the user wants, for people
 */
record TargetAddress(Optional<Ipv6Address> address, Optional<String> problem) {
  private static final int SHOWN = 40;

  /** In a range with fewer free addresses than one of so many, none is found. */
  private static final int LOOKS = 4096;

  static TargetAddress of(
      ServiceState service, HostPart present, AddressRange range, AddressClaims claims) {
    String declared = service.annotation(ServiceAnnotations.HOST_PART);
    TargetAddress own = of(present, "its host part", service, range, claims);
    if (declared.isEmpty()) {
      return own;
    }
    TargetAddress wanted = declared(declared, service, range, claims);
    return wanted.address.isPresent() ? wanted : new TargetAddress(own.address, wanted.problem);
  }

  /**
   * Returns any address that is free, where there is no other one.
   *
   * <p>The search begins at an address that nobody in another namespace can guess, since a service
   * of his could request it first.
   */
  TargetAddress orAnyOther(ServiceState service, AddressRange range, AddressClaims claims) {
    if (address.isPresent()) {
      return this;
    }
    String shared = service.sharingKey().isEmpty() ? service.uid() : service.addresses().toString();
    long start = shared.hashCode() & 0x7fff_ffffL;
    return LongStream.range(start, start + LOOKS)
        .mapToObj(range::at)
        .filter(candidate -> claims.isFree(candidate, service))
        .findFirst()
        .map(
            free ->
                new TargetAddress(
                    Optional.of(free),
                    problem.map(text -> "%s; it gets %s in its place".formatted(text, free))))
        .orElse(this);
  }

  static TargetAddress declared(
      String text, ServiceState service, AddressRange range, AddressClaims claims) {
    String what = "the annotation %s=".formatted(ServiceAnnotations.HOST_PART);
    return HostPart.parse(text)
        .map(part -> of(part, what, service, range, claims))
        .orElseGet(
            () ->
                refused(
                    "%s%s cannot be followed: it is no IPv6 address with bits only in the low 64, such as ::1025"
                        .formatted(what, quoted(text))));
  }

  /**
   * Somebody has written it: as much as tells which text it is, without line breaks and without
   * characters that turn a line around.
   */
  private static String quoted(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return '"' + shown.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\"]", "?") + '"';
  }

  private static TargetAddress of(
      HostPart part, String what, ServiceState service, AddressRange range, AddressClaims claims) {
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
        .orElseGet(() -> new TargetAddress(Optional.of(address), Optional.empty()));
  }

  private static TargetAddress refused(String problem) {
    return new TargetAddress(Optional.empty(), Optional.of(problem));
  }
}
