package io.github.metallbdyn6.testbed;

import inet.ipaddr.IPAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which service has which addresses, as MetalLB's {@code internal/allocator} decides it. */
final class Allocator {

  /** Why MetalLB does not give a service the addresses. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }

  private record Holding(String pool, List<IPAddress> addresses, Demand demand) {}

  private final Map<String, Holding> holdings = new HashMap<>();
  private final Map<IPAddress, Set<String>> users = new HashMap<>();
  private Map<String, KnownPool> pools = Map.of();

  boolean isConfigured() {
    return !pools.isEmpty();
  }

  /** Returns a service whose addresses lie outside these pools, if there is one. */
  Optional<String> strandedBy(Map<String, KnownPool> newPools) {
    return holdings.entrySet().stream()
        .filter(held -> poolFor(newPools, held.getValue().addresses()).isEmpty())
        .map(held -> held.getKey() + " cannot own " + held.getValue().addresses())
        .findFirst();
  }

  /** Takes these pools; services whose addresses lie outside hold none from now on. */
  void configure(Map<String, KnownPool> newPools) {
    pools = new LinkedHashMap<>(newPools);
    for (String key : List.copyOf(holdings.keySet())) {
      Holding held = holdings.get(key);
      Optional<String> pool = poolFor(pools, held.addresses());
      release(key);
      pool.ifPresent(name -> hold(key, new Holding(name, held.addresses(), held.demand())));
    }
  }

  private static Optional<String> poolFor(Map<String, KnownPool> pools, List<IPAddress> addresses) {
    return pools.values().stream()
        .filter(pool -> addresses.stream().allMatch(pool::contains))
        .map(KnownPool::name)
        .findFirst();
  }

  /** Returns the pools that it works with. */
  Map<String, KnownPool> pools() {
    return pools;
  }

  /** Returns how many addresses of a pool and of a family services have; shared ones count once. */
  long assigned(String pool, boolean ipv6) {
    return holdings.values().stream()
        .filter(held -> held.pool().equals(pool))
        .flatMap(held -> held.addresses().stream())
        .filter(address -> address.isIPv6() == ipv6)
        .distinct()
        .count();
  }

  /** Returns the pool that the service's addresses are from, if it has any. */
  Optional<String> poolOf(String key) {
    return Optional.ofNullable(holdings.get(key)).map(Holding::pool);
  }

  /** Gives the service exactly these addresses. */
  void assign(Demand demand, List<IPAddress> addresses) throws Refused {
    String pool =
        poolFor(pools, addresses)
            .orElseThrow(() -> new Refused(addresses + " is not allowed in config"));
    for (IPAddress address : addresses) {
      checkSharing(demand, address);
    }
    release(demand.key());
    hold(demand.key(), new Holding(pool, addresses, demand));
  }

  /** Gives the service the first free address of each of its families, all from one pool. */
  List<IPAddress> allocate(Demand demand) throws Refused {
    for (KnownPool pool : pools.values()) {
      boolean asked =
          demand.pool().isEmpty() ? pool.autoAssign() : demand.pool().equals(pool.name());
      Optional<List<IPAddress>> free = asked ? firstFree(pool, demand) : Optional.empty();
      if (free.isPresent()) {
        assign(demand, free.get());
        return free.get();
      }
    }
    throw new Refused("no available IPs");
  }

  /** In MetalLB's order: IPv4 before IPv6. */
  private Optional<List<IPAddress>> firstFree(KnownPool pool, Demand demand) {
    List<IPAddress> found = new ArrayList<>();
    for (boolean ipv6 : new boolean[] {false, true}) {
      if (ipv6 ? demand.wantsIpv6() : demand.wantsIpv4()) {
        Optional<IPAddress> free = firstFree(pool, demand, ipv6);
        if (free.isEmpty()) {
          return Optional.empty();
        }
        found.add(free.get());
      }
    }
    return Optional.of(found);
  }

  /** Entries are gone through in the order in which they stand in the pool. */
  private Optional<IPAddress> firstFree(KnownPool pool, Demand demand, boolean ipv6) {
    for (IpRange range : pool.ranges()) {
      Iterator<? extends IPAddress> addresses = range.addresses();
      while (range.isIpv6() == ipv6 && addresses.hasNext()) {
        IPAddress address = addresses.next();
        if (pool.contains(address) && isUsable(demand, address)) {
          return Optional.of(address);
        }
      }
    }
    return Optional.empty();
  }

  private boolean isUsable(Demand demand, IPAddress address) {
    try {
      checkSharing(demand, address);
      return true;
    } catch (Refused e) {
      return false;
    }
  }

  private void checkSharing(Demand demand, IPAddress address) throws Refused {
    for (String other : users.getOrDefault(address, Set.of())) {
      if (!other.equals(demand.key()) && !demand.sharesWith(holdings.get(other).demand())) {
        throw new Refused("%s is in use by %s".formatted(address.toCanonicalString(), other));
      }
    }
  }

  private void hold(String key, Holding holding) {
    holdings.put(key, holding);
    holding
        .addresses()
        .forEach(ip -> users.computeIfAbsent(ip, address -> new LinkedHashSet<>()).add(key));
  }

  /** Takes the service's addresses away; tells whether it had any. */
  boolean release(String key) {
    Holding held = holdings.remove(key);
    if (held == null) {
      return false;
    }
    for (IPAddress address : held.addresses()) {
      users.get(address).remove(key);
      if (users.get(address).isEmpty()) {
        users.remove(address);
      }
    }
    return true;
  }
}
