package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Service of type LoadBalancer as it was read.
 *
 * @param namespace where it is
 * @param name its name there
 * @param uid its identity
 * @param resourceVersion the version that was read; a patch is refused when it has moved on
 * @param annotations those of {@link ServiceAnnotations#ALL} that it has
 * @param dualStack whether it has addresses of both families in the cluster
 * @param loadBalancerIp {@code spec.loadBalancerIP}, empty for none
 * @param ingress the IP addresses of {@code status.loadBalancer.ingress}, in order
 * @param hindrance why a patch of this version did not succeed, if one was tried
 */
public record ServiceState(
    String namespace,
    String name,
    String uid,
    String resourceVersion,
    Map<String, String> annotations,
    boolean dualStack,
    String loadBalancerIp,
    List<String> ingress,
    Optional<Hindrance> hindrance) {

  /** How long a service stays as it is. */
  public enum Lasting {
    /** A newer version of the service is on its way, and then to be looked at. */
    A_MOMENT,
    /** Somebody refused the patch, and may accept the next one. */
    FOR_NOW,
    /** Until somebody edits the service. */
    UNTIL_IT_CHANGES
  }

  /**
   * Why a service cannot be patched.
   *
   * @param text one line for people
   */
  public record Hindrance(Lasting lasting, String text) {}

  public ServiceState {
    annotations = Map.copyOf(annotations);
    ingress = List.copyOf(ingress);
  }

  /** Returns the same service, of which this version cannot be patched. */
  public ServiceState hindered(Lasting lasting, String text) {
    return new ServiceState(
        namespace,
        name,
        uid,
        resourceVersion,
        annotations,
        dualStack,
        loadBalancerIp,
        ingress,
        Optional.of(new Hindrance(lasting, text)));
  }

  List<Ipv6Address> ipv6Addresses() {
    return ingress.stream().map(Ipv6Address::parse).flatMap(Optional::stream).toList();
  }

  public Optional<Ipv6Address> addressIn(Collection<AddressRange> ranges) {
    return ipv6Addresses().stream()
        .filter(address -> ranges.stream().anyMatch(address::isIn))
        .findFirst();
  }

  /** Tells whether it has an IPv4 address, which a router may forward to. */
  boolean hasIpv4() {
    return ingress.stream().anyMatch(address -> Ipv6Address.parse(address).isEmpty());
  }

  /** Returns the annotation's text, empty when there is none. */
  String annotation(String key) {
    return annotations.getOrDefault(key, "").strip();
  }

  /** Returns the annotation that requests addresses, if the user has set one that MetalLB reads. */
  Optional<String> pinKey(HandoverGoal goal) {
    return Stream.of(goal.pinKey(), ServiceAnnotations.PIN)
        .filter(key -> !annotation(key).isEmpty())
        .findFirst();
  }

  /** Returns the key that it shares its addresses under, empty when it shares them with nobody. */
  String sharingKey() {
    String newer = annotation(ServiceAnnotations.NEWER_SHARING);
    return newer.isEmpty() ? annotation(ServiceAnnotations.SHARING) : newer;
  }

  /** Returns the addresses that MetalLB reads that it requests. */
  AddressList requested(HandoverGoal goal) {
    return new AddressList(pinKey(goal).map(this::annotation).orElse(loadBalancerIp));
  }

  /** Returns the addresses that it asks for, under whichever key, for people. */
  public String requested() {
    return asked().items().stream().distinct().collect(Collectors.joining(", "));
  }

  /** Returns the addresses that it asks for, under whichever key. */
  AddressList asked() {
    return AddressList.of(
        List.of(
            annotation(ServiceAnnotations.PIN),
            annotation(ServiceAnnotations.NEWER_PIN),
            loadBalancerIp));
  }

  /** Tells whether it requests nothing but what it has, in a way that MetalLB takes. */
  boolean isPlain() {
    boolean twoWays = !loadBalancerIp.isEmpty() && !pinKeys().isEmpty();
    return asked().items().isEmpty() || (!twoWays && asked().isSameAs(addresses()));
  }

  private List<String> pinKeys() {
    return ServiceAnnotations.PINS.stream().filter(key -> !annotation(key).isEmpty()).toList();
  }

  AddressList addresses() {
    return AddressList.of(ingress);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
