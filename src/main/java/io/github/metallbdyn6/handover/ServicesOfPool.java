package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.List;

/** Which services are a pool's, by their addresses and by what they request. */
public final class ServicesOfPool {
  private ServicesOfPool() {}

  /** Tells whether a service has an address of the pool that the program gives it. */
  public static boolean isServed(ServiceState service, HandoverGoal goal) {
    return service.addressIn(goal.ours()).isPresent();
  }

  /** Tells whether a service has an address of this pool, had one, or requests one. */
  static boolean has(ServiceState service, HandoverGoal goal) {
    return isServed(service, goal)
        || isOnEarlierRange(service, goal)
        || HandoverRecord.of(service, goal).isPresent()
        || (service.ingress().isEmpty()
            && (requestsFromThePool(service, goal) || requestsOurHostPart(service, goal)));
  }

  private static boolean isOnEarlierRange(ServiceState service, HandoverGoal goal) {
    return service.addressIn(goal.pool().earlier().ranges()).isPresent();
  }

  private static boolean requestsFromThePool(ServiceState service, HandoverGoal goal) {
    AddressList requested = service.requested(goal);
    return !requested.items().isEmpty() && goal.pool().isWantedBy(service, requested);
  }

  /**
   * A pin from before the program kept the pool is under a prefix that no record names. Such a
   * service is shown; a pin is rewritten only where the record says that it was the pool's.
   */
  private static boolean requestsOurHostPart(ServiceState service, HandoverGoal goal) {
    List<String> requested = service.requested(goal).items();
    return !requested.isEmpty()
        && !goal.pool().isLeftFor(service)
        && requested.stream()
            .allMatch(
                address ->
                    Ipv6Address.parse(address)
                        .filter(Ipv6Address::isGlobalUnicast)
                        .filter(pinned -> pinned.hostPart().under(goal.range()).isIn(goal.range()))
                        .isPresent());
  }
}
