package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which service may have which address. If a service requests an address that another one holds,
 * MetalLB clears all of its addresses, IPv4 included.
 *
 * <p>An address belongs to the service that has it, and under the next prefix to the service that
 * has its host part under the old one. A request counts less: everybody who may edit a service can
 * request whatever he likes.
 */
final class AddressClaims {
  /** The reasons for a claim; the later ones count more. */
  private enum Right {
    NONE,
    /** It requests the address, and has none yet; or a record says that it moves there. */
    REQUESTS,
    /** It has the host part under a prefix that retires, and another one retires since later. */
    OWNED,
    /** It has the host part under the prefix that was the last one to retire. */
    OWNS,
    /** It has the address. */
    HAS
  }

  /**
   * A claim.
   *
   * @param granted whether this plan, or an earlier one, gives the address to the service
   */
  private record Claim(ServiceState service, Right right, boolean granted) {
    boolean isOf(ServiceState other) {
      return service.uid().equals(other.uid());
    }
  }

  private final HandoverGoal goal;
  private final Map<Ipv6Address, List<Claim>> claims = new HashMap<>();

  private AddressClaims(HandoverGoal goal) {
    this.goal = goal;
  }

  static AddressClaims of(HandoverGoal goal, Collection<ServiceState> services) {
    AddressClaims claims = new AddressClaims(goal);
    services.forEach(claims::note);
    return claims;
  }

  private void note(ServiceState service) {
    List<Ipv6Address> present = service.ipv6Addresses();
    present.forEach(address -> note(address, service, Right.HAS));
    present.stream()
        .filter(goal::isRetiring)
        .forEach(address -> note(goal.renumber(address), service, ownership(address)));
    if (present.isEmpty()) {
      service.requested(goal).ipv6().ifPresent(it -> note(it, service, Right.REQUESTS));
    }
    HandoverRecord.of(service, goal)
        .filter(record -> record.stage() != Stage.GIVEN_UP)
        .flatMap(HandoverRecord::target)
        .map(goal::renumber)
        .ifPresent(target -> noteMove(target, service));
  }

  /** Once the owner has left a range, everybody can request its address there. */
  private Right ownership(Ipv6Address address) {
    return address.isIn(goal.retiring().get(goal.retiring().size() - 1)) ? Right.OWNS : Right.OWNED;
  }

  /** A record alone is no more than a request: somebody else may have written it. */
  private void noteMove(Ipv6Address target, ServiceState service) {
    if (rightOf(service, target).compareTo(Right.OWNED) >= 0) {
      add(target, service);
    } else {
      note(target, service, Right.REQUESTS);
    }
  }

  private void note(Ipv6Address address, ServiceState service, Right right) {
    at(address).add(new Claim(service, right, false));
  }

  /** Gives the address to the service: from now on it stands in the way of all others. */
  void add(Ipv6Address address, ServiceState service) {
    at(address).add(new Claim(service, rightOf(service, address), true));
  }

  private List<Claim> at(Ipv6Address address) {
    return claims.computeIfAbsent(address, key -> new ArrayList<>());
  }

  private Right rightOf(ServiceState service, Ipv6Address address) {
    return claims.getOrDefault(address, List.of()).stream()
        .filter(claim -> claim.isOf(service))
        .map(Claim::right)
        .max(Right::compareTo)
        .orElse(Right.NONE);
  }

  /**
   * Returns the service that stands in the way, if there is one: it has more right to the address,
   * or was given it, and does not share its addresses with this one.
   */
  Optional<ServiceState> inTheWay(Ipv6Address address, ServiceState service) {
    Right own = rightOf(service, address);
    return claims.getOrDefault(address, List.of()).stream()
        .filter(claim -> claim.granted() || claim.right().compareTo(own) > 0)
        .filter(claim -> !claim.isOf(service) && !isShared(claim, service, own))
        .map(Claim::service)
        .findFirst();
  }

  /**
   * Tells whether a service with less right requests the address, too: MetalLB may be about to give
   * it, and would refuse this one.
   */
  boolean isContested(Ipv6Address address, ServiceState service) {
    return claims.getOrDefault(address, List.of()).stream()
        .filter(claim -> claim.right() == Right.REQUESTS && !claim.granted())
        .anyMatch(claim -> !claim.isOf(service) && !isShared(claim, service, Right.OWNS));
  }

  /**
   * Tells whether nobody has the address or requests it but those who share it with the service.
   */
  boolean isFree(Ipv6Address address, ServiceState service) {
    return claims.getOrDefault(address, List.of()).stream()
        .allMatch(claim -> claim.isOf(service) || isShared(claim, service, Right.REQUESTS));
  }

  /**
   * An address that its owner has not reached yet is shared only by those who share the old one:
   * the key is no secret, and MetalLB refuses an owner what a stranger on the same port got first.
   */
  private static boolean isShared(Claim claim, ServiceState service, Right own) {
    String key = claim.service().sharingKey();
    boolean sameKey = !key.isEmpty() && key.equals(service.sharingKey());
    return sameKey
        && (claim.right().compareTo(Right.OWNED) < 0
            || claim.right() == Right.HAS
            || own.compareTo(Right.OWNED) >= 0);
  }
}
