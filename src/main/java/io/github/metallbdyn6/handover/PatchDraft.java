package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A patch of a service in the making: only what differs from the service gets into it. */
final class PatchDraft {
  private final ServiceState service;
  private final Map<String, @Nullable String> annotations = new LinkedHashMap<>();
  private String loadBalancerIp = "";

  PatchDraft(ServiceState service) {
    this.service = service;
  }

  /** Rewrites what the service asks for, in place. */
  PatchDraft pins(Function<Ipv6Address, Ipv6Address> replacement) {
    for (String key : ServiceAnnotations.PINS) {
      rewrite(key, replacement);
    }
    String asked = service.loadBalancerIp();
    String rewritten = new AddressList(asked).replace(replacement).text();
    loadBalancerIp = rewritten.equals(asked) ? "" : rewritten;
    return this;
  }

  private void rewrite(String key, Function<Ipv6Address, Ipv6Address> replacement) {
    String text = service.annotations().getOrDefault(key, "");
    boolean whole = text.length() <= ServiceAnnotations.LONGEST;
    String rewritten = whole ? new AddressList(text).replace(replacement).text() : text;
    if (!rewritten.equals(text)) {
      annotations.put(key, rewritten);
    }
  }

  /** Requests these addresses by an annotation that is ours. */
  PatchDraft ownPin(String key, AddressList addresses) {
    annotations.put(key, addresses.text());
    return this;
  }

  /** Takes our pin away, unless the user has made it his own by asking for something else. */
  PatchDraft withoutOwnPin(HandoverRecord record) {
    record.ownPin().filter(key -> isOurs(key, record)).ifPresent(key -> annotations.put(key, null));
    return this;
  }

  private boolean isOurs(String key, HandoverRecord record) {
    AddressList pin = new AddressList(service.annotation(key));
    return pin.isSameAs(record.to()) || pin.isSameAs(record.from());
  }

  PatchDraft record(HandoverRecord record) {
    annotations.put(ServiceAnnotations.RECORD, record.toString());
    return this;
  }

  PatchDraft forget() {
    annotations.put(ServiceAnnotations.RECORD, null);
    return this;
  }

  /**
   * Has external-dns publish what is reachable now, unless the user forbids it.
   *
   * @param moved the service's own address, old and new, if it was moved
   */
  PatchDraft dns(HandoverGoal goal, Optional<HandoverRecord> moved) {
    if (service.annotation(ServiceAnnotations.MOVE_DNS_TARGET).equals("false")) {
      return this;
    }
    Optional<Ipv6Address> origin = moved.flatMap(HandoverRecord::origin);
    Optional<Ipv6Address> target = moved.flatMap(HandoverRecord::target);
    service.annotations().keySet().stream()
        .filter(ServiceAnnotations::isDnsTarget)
        .forEach(
            key ->
                rewrite(
                    key,
                    address ->
                        origin.filter(address::equals).isPresent()
                            ? target.orElse(address)
                            : underNewPrefix(address, goal)));
    return this;
  }

  private static Ipv6Address underNewPrefix(Ipv6Address address, HandoverGoal goal) {
    AddressRange range = goal.range();
    boolean old = goal.retiring().stream().anyMatch(address::isInSubnetOf);
    return old ? address.hostPart().under(range) : address;
  }

  /** Returns what the service requests by this annotation once the patch is done. */
  AddressList pinAfter(String key) {
    @Nullable String drafted = annotations.get(key);
    return new AddressList(drafted == null ? service.annotation(key) : drafted);
  }

  boolean isEmpty() {
    return annotations.isEmpty() && loadBalancerIp.isEmpty();
  }

  boolean asksForAnotherLoadBalancerIp() {
    return !loadBalancerIp.isEmpty();
  }

  ServicePatch as(ServicePatch.Kind kind) {
    return new ServicePatch(service, kind, annotations, loadBalancerIp);
  }
}
