package io.github.metallbdyn6.testbed;

import inet.ipaddr.IPAddress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Requests that MetalLB reads in a service.
 *
 * @param key {@code namespace/name}
 * @param families {@code IPv4}, {@code IPv6}, the preferred one first
 * @param present the addresses in its status
 * @param pins the addresses that are asked for; empty: any
 * @param pool the pool that is asked for; empty: any
 * @param sharingKey services with the same one may have the same address; empty: not shared
 * @param ports protocol and number
 * @param mistake why the pins cannot be read
 */
record Demand(
    String key,
    List<String> families,
    List<IPAddress> present,
    List<IPAddress> pins,
    String pool,
    String sharingKey,
    Set<String> ports,
    Optional<String> mistake) {
  private static final String NEW_PREFIX = "metallb.io/";
  private static final String OLD_PREFIX = "metallb.universe.tf/";

  static Demand of(Service service, boolean knowsNewKeys) {
    Map<String, String> annotations =
        Objects.requireNonNullElse(service.getMetadata().getAnnotations(), Map.of());
    String pinned = value(annotations, "loadBalancerIPs", knowsNewKeys);
    String inSpec = Objects.requireNonNullElse(service.getSpec().getLoadBalancerIP(), "");
    Optional<String> mistake = Optional.empty();
    List<IPAddress> pins = List.of();
    if (!pinned.isEmpty() && !inSpec.isEmpty()) {
      mistake =
          Optional.of("service can not have both loadBalancerIPs and svc.Spec.LoadBalancerIP");
    } else {
      try {
        pins = addresses(Stream.of((pinned + inSpec).split(",")).filter(text -> !text.isBlank()));
      } catch (IllegalArgumentException e) {
        mistake = Optional.of(String.valueOf(e.getMessage()));
      }
    }
    return new Demand(
        key(service),
        service.getSpec().getIpFamilies(),
        addresses(ServiceStatus.addresses(service).stream()),
        pins,
        value(annotations, "address-pool", knowsNewKeys),
        value(annotations, "allow-shared-ip", knowsNewKeys),
        service.getSpec().getPorts().stream().map(Demand::port).collect(Collectors.toSet()),
        mistake);
  }

  /** Returns {@code namespace/name}. */
  static String key(Service service) {
    return service.getMetadata().getNamespace() + "/" + service.getMetadata().getName();
  }

  /** Where the newer key is there, the older one is not looked at, even if the newer is empty. */
  private static String value(Map<String, String> annotations, String name, boolean knowsNewKeys) {
    String old = annotations.getOrDefault(OLD_PREFIX + name, "");
    return knowsNewKeys ? annotations.getOrDefault(NEW_PREFIX + name, old) : old;
  }

  private static String port(ServicePort port) {
    return Objects.requireNonNullElse(port.getProtocol(), "TCP") + " " + port.getPort();
  }

  private static List<IPAddress> addresses(Stream<String> texts) {
    return texts.map(IpRange::address).toList();
  }

  boolean wantsIpv4() {
    return families.contains("IPv4");
  }

  boolean wantsIpv6() {
    return families.contains("IPv6");
  }

  /** Tells whether there is exactly one address of each family that the service has. */
  boolean matchesFamilies(List<IPAddress> addresses) {
    List<String> theirs = new ArrayList<>();
    addresses.forEach(address -> theirs.add(address.isIPv6() ? "IPv6" : "IPv4"));
    Collections.sort(theirs);
    return theirs.equals(families.stream().sorted().toList());
  }

  boolean sharesWith(Demand other) {
    return !sharingKey.isEmpty()
        && sharingKey.equals(other.sharingKey)
        && Collections.disjoint(ports, other.ports);
  }
}
