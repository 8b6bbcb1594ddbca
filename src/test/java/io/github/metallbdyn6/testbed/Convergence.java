package io.github.metallbdyn6.testbed;

import inet.ipaddr.IPAddress;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MetalLB's decision about a service, as its {@code controller/service.go} makes it. */
final class Convergence {

  /**
   * The end of it.
   *
   * @param addresses the whole of {@code status.loadBalancer.ingress}
   * @param failure why there are none, as its Event AllocationFailed says
   * @param leavesRoom whether other services may have become possible
   */
  record Outcome(List<String> addresses, Optional<String> failure, boolean leavesRoom) {}

  private final Allocator allocator = new Allocator();
  private final MetalLbRelease version;

  Convergence(MetalLbRelease version) {
    this.version = version;
  }

  /** Takes these pools, or says why not. */
  Optional<String> configure(Map<String, KnownPool> pools) {
    Optional<String> stranded =
        version.rejectsStranding() ? allocator.strandedBy(pools) : Optional.empty();
    if (stranded.isPresent()) {
      return stranded.map(service -> "new config not compatible with assigned IPs: " + service);
    }
    allocator.configure(pools);
    return Optional.empty();
  }

  /** Returns what MetalLB writes into the status of every pool that it works with, by name. */
  Map<String, PoolStatus> status() {
    Map<String, PoolStatus> status = new LinkedHashMap<>();
    allocator.pools().forEach((name, pool) -> status.put(name, PoolStatus.of(pool, allocator)));
    return status;
  }

  /** The service is not there any more, or not for MetalLB. */
  Outcome forget(String key) {
    return new Outcome(List.of(), Optional.empty(), allocator.release(key));
  }

  Outcome converge(Demand demand) {
    if (!allocator.isConfigured()) {
      return new Outcome(texts(demand.present()), Optional.empty(), false);
    }
    boolean had = allocator.poolOf(demand.key()).isPresent();
    List<IPAddress> kept = keep(demand);
    if (!kept.isEmpty()) {
      return new Outcome(texts(kept), demand.mistake(), false);
    }
    allocator.release(demand.key());
    try {
      return new Outcome(texts(allocate(demand)), Optional.empty(), false);
    } catch (Allocator.Refused e) {
      return new Outcome(List.of(), Optional.of(String.valueOf(e.getMessage())), had);
    }
  }

  /** Returns the present addresses if the service may keep them, or none. */
  private List<IPAddress> keep(Demand demand) {
    List<IPAddress> present = demand.present();
    if (!demand.matchesFamilies(present)) {
      return List.of();
    }
    try {
      allocator.assign(demand, present);
    } catch (Allocator.Refused e) {
      return List.of();
    }
    String pool = allocator.poolOf(demand.key()).orElse("");
    if (!demand.pool().isEmpty() && !demand.pool().equals(pool)) {
      return List.of();
    }
    if (demand.mistake().isPresent() || demand.pins().isEmpty()) {
      return present;
    }
    // It sorts by text to compare, and then writes what it has sorted.
    return sorted(present).equals(sorted(demand.pins())) ? sorted(present) : List.of();
  }

  private List<IPAddress> allocate(Demand demand) throws Allocator.Refused {
    if (demand.mistake().isPresent()) {
      throw new Allocator.Refused(demand.mistake().get());
    }
    if (demand.pins().isEmpty()) {
      return allocator.allocate(demand);
    }
    if (!demand.matchesFamilies(demand.pins())) {
      throw new Allocator.Refused(
          "requested loadBalancer IP(s) %s does not match the ipFamily of the service"
              .formatted(demand.pins()));
    }
    allocator.assign(demand, demand.pins());
    String pool = allocator.poolOf(demand.key()).orElse("");
    if (!demand.pool().isEmpty() && !demand.pool().equals(pool)) {
      allocator.release(demand.key());
      throw new Allocator.Refused("not compatible with requested address pool " + demand.pool());
    }
    return demand.pins();
  }

  private static List<IPAddress> sorted(List<IPAddress> addresses) {
    return addresses.stream().sorted(Comparator.comparing(IPAddress::toCanonicalString)).toList();
  }

  private static List<String> texts(List<IPAddress> addresses) {
    return addresses.stream().map(IPAddress::toCanonicalString).toList();
  }
}
