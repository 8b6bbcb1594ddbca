package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Addresses separated by commas, as they stand in an annotation. Everything that is not replaced
 * stays byte for byte: IPv4, other IPv6 addresses, names, spaces, order.
 *
 * @param text the annotation's value
 */
record AddressList(String text) {

  static AddressList of(Collection<String> addresses) {
    return new AddressList(String.join(",", addresses));
  }

  /**
   * Replaces IPv6 addresses.
   *
   * @param replacement returns what an address becomes; itself where it stays
   */
  AddressList replace(Function<Ipv6Address, Ipv6Address> replacement) {
    return new AddressList(
        Arrays.stream(text.split(",", -1))
            .map(item -> replaced(item, replacement))
            .collect(Collectors.joining(",")));
  }

  private static String replaced(String item, Function<Ipv6Address, Ipv6Address> replacement) {
    return Ipv6Address.parse(item)
        .filter(address -> !replacement.apply(address).equals(address))
        .map(address -> item.replace(item.strip(), replacement.apply(address).toString()))
        .orElse(item);
  }

  List<String> items() {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(item -> !item.isEmpty())
        .toList();
  }

  Optional<Ipv6Address> ipv6() {
    return items().stream().map(Ipv6Address::parse).flatMap(Optional::stream).findFirst();
  }

  boolean contains(Ipv6Address address) {
    return items().stream()
        .anyMatch(item -> Ipv6Address.parse(item).filter(address::equals).isPresent());
  }

  /** Tells whether both hold the same addresses: neither spelling nor order matters. */
  boolean isSameAs(AddressList other) {
    return values().equals(other.values());
  }

  private Set<String> values() {
    return items().stream()
        .map(item -> Ipv6Address.parse(item).map(Ipv6Address::toString).orElse(item))
        .collect(Collectors.toSet());
  }

  @Override
  public String toString() {
    return text;
  }
}
