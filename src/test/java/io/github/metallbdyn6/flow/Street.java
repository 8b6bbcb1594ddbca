package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.github.metallbdyn6.testbed.TestServices;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;

/** Services of every kind that there is, and what they were before the prefix changed. */
public final class Street {
  static final List<String> PINNED =
      List.of("pinned-older", "pinned-newer", "pinned-ipv6-first", "shared-web", "shared-dns");
  static final List<String> AUTOMATIC =
      List.of("automatic-one", "automatic-two", "ipv6-first", "shared-auto-a", "shared-auto-b");
  static final List<String> IPV6_ONLY = List.of("ipv6-only", "spec-pinned");
  static final List<String> UNTOUCHED = List.of("ipv4-only", "local", "other-class");

  private final TestServices services;
  private final Map<String, Service> before = new LinkedHashMap<>();

  /** Creates them one by one, so that each finds the same free addresses every time. */
  public Street(TestServices services, String prefix) {
    this.services = services;
    add(Wanted.dualStack("gone"));
    add(Wanted.dualStack("automatic-one"));
    add(Wanted.dualStack("automatic-two"));
    add(Wanted.dualStack("ipv6-first").families("IPv6", "IPv4"));
    add(Wanted.ipv6Only("ipv6-only"));
    add(Wanted.dualStack("ipv4-only").families("IPv4"));
    add(pinned("pinned-older", "metallb.universe.tf/", "192.0.2.25," + prefix + "::1500"));
    add(pinned("pinned-newer", "metallb.io/", "192.0.2.26, " + prefix + "::1501"));
    add(pinned("pinned-ipv6-first", "metallb.universe.tf/", prefix + "::1502,192.0.2.27"));
    add(Wanted.ipv6Only("spec-pinned").loadBalancerIp(prefix + "::1503"));
    add(shared("shared-web", 443, "192.0.2.28,%s::1504".formatted(prefix)));
    add(shared("shared-dns", 53, "192.0.2.28,%s::1504".formatted(prefix)));
    String key = "metallb.universe.tf/allow-shared-ip";
    add(Wanted.dualStack("shared-auto-a").port(81).annotated(key, "auto"));
    add(Wanted.dualStack("shared-auto-b").port(82).annotated(key, "auto"));
    add(pinned("local", "metallb.universe.tf/", "fd00:db8::1234").families("IPv6"));
    services.create(Wanted.dualStack("other-class").inClass("example.com/other"));
    services.delete("gone");
    services.names().forEach(name -> before.put(name, services.get(name)));
  }

  private static Wanted pinned(String name, String keyPrefix, String addresses) {
    return Wanted.dualStack(name).annotated(keyPrefix + "loadBalancerIPs", addresses);
  }

  private static Wanted shared(String name, int port, String addresses) {
    return pinned(name, "metallb.universe.tf/", addresses)
        .port(port)
        .annotated("metallb.universe.tf/allow-shared-ip", "shared");
  }

  private void add(Wanted wanted) {
    services.create(wanted);
    Awaitility.await()
        .until(() -> services.addresses(wanted.name()).size() == wanted.families().size());
  }

  public List<String> addressesBefore(String name) {
    return TestServices.addressesOf(Objects.requireNonNull(before.get(name)));
  }

  /** Asserts that all is as it was, only under the other prefix. */
  public void assertSameUnder(String prefix, String former) {
    for (String name : before.keySet()) {
      Service was = before.get(name);
      Service is = services.get(name);
      assertThat(services.addresses(name))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(
              addressesBefore(name).stream().map(ip -> ip.replace(former, prefix)).toList());
      Map<String, String> annotations =
          Objects.requireNonNullElse(was.getMetadata().getAnnotations(), Map.of());
      Map<String, String> expected = new LinkedHashMap<>();
      annotations.forEach(
          (key, value) -> expected.put(key, moved(value, addressesBefore(name), former, prefix)));
      assertThat(services.annotations(name)).as(name).isEqualTo(expected);
      String pin = was.getSpec().getLoadBalancerIP();
      assertThat(is.getSpec().getLoadBalancerIP())
          .as(name)
          .isEqualTo(pin == null ? null : pin.replace(former, prefix));
      assertThat(is.getMetadata().getLabels()).as(name).isEqualTo(was.getMetadata().getLabels());
    }
  }

  /** A pin that MetalLB does not read may be of an address that the service does not have. */
  private static String moved(String text, List<String> own, String former, String prefix) {
    String moved = text;
    for (String address : own) {
      moved = moved.replace(address, address.replace(former, prefix));
    }
    return moved;
  }

  /** Asserts that services which the change does not concern were not written at all. */
  public void assertUntouchedOnes() {
    for (String name : UNTOUCHED) {
      assertThat(services.get(name).getMetadata().getResourceVersion())
          .as(name)
          .isEqualTo(Objects.requireNonNull(before.get(name)).getMetadata().getResourceVersion());
    }
  }
}
