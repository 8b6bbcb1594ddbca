package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.List;
import java.util.Optional;

/** Finds the next step for a service that is not under way. */
final class NewMove {
  private final HandoverGoal goal;
  private final AddressClaims claims;

  NewMove(HandoverGoal goal, AddressClaims claims) {
    this.goal = goal;
    this.claims = claims;
  }

  Step stepFor(ServiceState service) {
    return service
        .addressIn(goal.retiring())
        .map(address -> leave(service, address))
        .or(() -> service.addressIn(List.of(goal.range())).map(address -> stay(service, address)))
        .orElseGet(() -> new PinRepair(goal, claims).stepFor(service));
  }

  private Step leave(ServiceState service, Ipv6Address old) {
    TargetAddress destination = destinationOf(service, old);
    if (goal.isExpired(old) || destination.address().isEmpty()) {
      return Step.stay(destination.problem().orElse("it has not left %s in time".formatted(old)));
    }
    Ipv6Address wanted = destination.address().get();
    return goal.isYoung() && claims.isContested(wanted, service)
        ? Step.WAIT
        : move(service, old, wanted, 0).because(destination.problem());
  }

  /** It may still want another host part, or external-dns another address. */
  private Step stay(ServiceState service, Ipv6Address present) {
    TargetAddress destination = destinationOf(service, present);
    Ipv6Address wanted = destination.address().orElse(present);
    if (!wanted.equals(present)) {
      return move(service, present, wanted, 0);
    }
    PatchDraft draft = new PatchDraft(service).dns(goal, Optional.empty());
    boolean declared = !service.annotation(ServiceAnnotations.HOST_PART).isEmpty();
    return (draft.isEmpty() ? Step.NONE : Step.patch(draft.as(Kind.DNS)))
        .because(destination.problem().filter(text -> declared));
  }

  TargetAddress destinationOf(ServiceState service, Ipv6Address present) {
    TargetAddress wanted = TargetAddress.of(service, present.hostPart(), goal.range(), claims);
    return goal.isClosing(present) ? wanted.orAnyOther(service, goal.range(), claims) : wanted;
  }

  /**
   * Requests another IPv6 address in the place of this one, and all others as they are.
   *
   * @param refusals how often MetalLB has refused that already
   */
  Step move(ServiceState service, Ipv6Address present, Ipv6Address wanted, int refusals) {
    AddressList from = service.addresses();
    AddressList to = from.replace(address -> address.equals(present) ? wanted : address);
    PatchDraft draft = new PatchDraft(service).pins(it -> it.equals(present) ? wanted : it);
    boolean byField = !service.loadBalancerIp().isEmpty();
    Optional<String> usersPin = service.pinKey(goal);
    Optional<String> ownPin =
        byField || usersPin.isPresent() ? Optional.empty() : Optional.of(goal.pinKey());
    ownPin.ifPresent(key -> draft.ownPin(key, to));
    boolean asksForIt =
        byField
            ? draft.asksForAnotherLoadBalancerIp()
            : draft.pinAfter(usersPin.orElse(goal.pinKey())).contains(wanted);
    if (!asksForIt) {
      return Step.stay(
          "its %s asks for something else than %s"
              .formatted(
                  usersPin.map(key -> "annotation " + key).orElse("spec.loadBalancerIP"), wanted));
    }
    claims.add(wanted, service);
    draft.record(HandoverRecord.moving(goal, to, from, ownPin, refusals));
    return Step.patch(draft.as(Kind.MOVE));
  }
}
