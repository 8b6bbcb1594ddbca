package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import inet.ipaddr.IPAddress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes down every state that every service comes to have, in order. A watch tells each write as
 * an event of its own, so that nothing short-lived is missed.
 */
public final class ServiceHistory implements AutoCloseable {

  /**
   * A service at an instant.
   *
   * @param version of the object
   * @param addresses in its status, as they stand there
   * @param annotations all of them
   * @param nanoTime when it was heard of, as of {@link System#nanoTime}
   */
  public record Moment(
      String version, List<String> addresses, Map<String, String> annotations, long nanoTime) {
    private boolean isUnder(String start) {
      return addresses.stream().anyMatch(address -> address.startsWith(start));
    }

    private Set<IPAddress> values(boolean ipv6) {
      return addresses.stream()
          .map(IpRange::address)
          .filter(address -> address.isIPv6() == ipv6)
          .collect(Collectors.toSet());
    }
  }

  private final KubernetesClient client;
  private final Map<String, List<Moment>> moments = new ConcurrentHashMap<>();
  private final SharedIndexInformer<Service> services;

  ServiceHistory(KubernetesClient client) {
    this.client = client;
    services = client.services().inAnyNamespace().inform(Changes.of(this::record));
  }

  private void record(Service service) {
    moments
        .computeIfAbsent(Demand.key(service), key -> new CopyOnWriteArrayList<>())
        .add(
            new Moment(
                service.getMetadata().getResourceVersion(),
                ServiceStatus.addresses(service),
                Map.copyOf(
                    Objects.requireNonNullElse(service.getMetadata().getAnnotations(), Map.of())),
                System.nanoTime()));
  }

  /** Returns the states of a service, {@code namespace/name}, the oldest first. */
  public List<Moment> of(String key) {
    return List.copyOf(moments.getOrDefault(key, List.of()));
  }

  /** Tells whether the service, {@code namespace/name}, has an address that starts like this. */
  public boolean isUnder(String key, String start) {
    List<Moment> all = of(key);
    return !all.isEmpty() && all.get(all.size() - 1).isUnder(start);
  }

  /** Returns when a service first had an address that starts like this. */
  public long arrival(String key, String start) {
    return of(key).stream()
        .filter(moment -> moment.isUnder(start))
        .mapToLong(Moment::nanoTime)
        .findFirst()
        .orElseThrow();
  }

  /** Returns all addresses that a service has had, each time they changed. */
  public List<List<String>> addresses(String key) {
    List<List<String>> all = of(key).stream().map(Moment::addresses).toList();
    return Stream.iterate(0, index -> index + 1)
        .limit(all.size())
        .filter(index -> index == 0 || !all.get(index).equals(all.get(index - 1)))
        .map(all::get)
        .toList();
  }

  /** Returns how long a service that had addresses was without any, at the longest. */
  public Duration longestWithoutAddress(String key) {
    List<Moment> all = of(key).stream().dropWhile(moment -> moment.addresses().isEmpty()).toList();
    long longest = 0;
    long since = 0;
    for (Moment moment : all) {
      if (!moment.addresses().isEmpty()) {
        longest = Math.max(longest, since == 0 ? 0 : moment.nanoTime() - since);
        since = 0;
      } else if (since == 0) {
        since = moment.nanoTime();
      }
    }
    return Duration.ofNanos(since == 0 ? longest : Long.MAX_VALUE);
  }

  /** Asserts that what is written down includes what the services are now. */
  public void assertComplete() {
    client
        .services()
        .inAnyNamespace()
        .list()
        .getItems()
        .forEach(
            service ->
                assertThat(of(Demand.key(service)))
                    .as(Demand.key(service))
                    .last()
                    .extracting(Moment::version)
                    .isEqualTo(service.getMetadata().getResourceVersion()));
  }

  /**
   * Asserts that a service that once had an IPv4 address had the same one ever after, at every
   * instant.
   */
  public void assertIpv4Kept(String key) {
    assertKept(key, moment -> moment.values(false));
  }

  /**
   * Asserts that a service that once had a global IPv6 address had one with the same host part ever
   * after, at every instant.
   */
  public void assertHostPartKept(String key) {
    assertKept(
        key,
        moment ->
            moment.values(true).stream()
                .map(address -> address.toIPv6().getHostSection(64))
                .collect(Collectors.toSet()));
  }

  private void assertKept(String key, java.util.function.Function<Moment, ? extends Set<?>> what) {
    List<? extends Set<?>> had =
        of(key).stream().map(what).dropWhile(Set::isEmpty).distinct().toList();
    assertThat(had).as("%s of %s", addresses(key), key).hasSizeLessThanOrEqualTo(1);
  }

  /** Asserts both for every service that there is or was. */
  public void assertNobodyLostAnything() {
    assertComplete();
    moments.keySet().forEach(this::assertIpv4Kept);
    moments.keySet().forEach(this::assertHostPartKept);
  }

  @Override
  public void close() {
    services.close();
  }
}
