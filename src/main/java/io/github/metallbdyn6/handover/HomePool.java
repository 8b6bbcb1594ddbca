package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.Ipv6Address;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.PoolEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * The pool that services get their addresses from.
 *
 * @param name {@code namespace/name}
 * @param replica of several, the one that moves services; empty if there is one
 * @param entries {@code spec.addresses}
 * @param earlier where services of this pool were before
 */
public record HomePool(
    String name, String replica, List<PoolEntry> entries, EarlierRanges earlier) {

  /** A pool that one replica keeps. */
  public HomePool(String name, List<PoolEntry> entries, EarlierRanges earlier) {
    this(name, "", entries, earlier);
  }

  public HomePool {
    entries = List.copyOf(entries);
  }

  /** Tells whether MetalLB can give this address from the pool. */
  boolean holds(String address) {
    return entries.stream().anyMatch(entry -> entry.holds(address));
  }

  /** Tells whether the service can get what it requests from this pool and from no other one. */
  boolean isWantedBy(ServiceState service, AddressList requested) {
    return pools(service).anyMatch(this::isNamed)
        || requested.items().stream().anyMatch(this::holds)
        || requested.items().stream().allMatch(this::held);
  }

  /** Tells whether the service names another pool as the one that its addresses are to be from. */
  boolean isLeftFor(ServiceState service) {
    return pools(service).anyMatch(pool -> !isNamed(pool));
  }

  private static Stream<String> pools(ServiceState service) {
    return Stream.of(ServiceAnnotations.ADDRESS_POOL, ServiceAnnotations.NEWER_ADDRESS_POOL)
        .map(service::annotation)
        .filter(text -> !text.isEmpty());
  }

  private boolean isNamed(String pool) {
    return name.endsWith("/" + pool);
  }

  private boolean held(String address) {
    return Ipv6Address.parse(address).filter(earlier::isUnderOne).isPresent();
  }
}
