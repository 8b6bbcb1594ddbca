package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.List;
import java.util.Optional;

/** Finds the next step for a service that carries our record. */
final class OngoingMove {
  private final HandoverGoal goal;
  private final AddressClaims claims;
  private final NewMove mover;

  OngoingMove(HandoverGoal goal, AddressClaims claims, NewMove mover) {
    this.goal = goal;
    this.claims = claims;
    this.mover = mover;
  }

  Step stepFor(ServiceState service, HandoverRecord record) {
    Optional<Ipv6Address> target = record.target();
    Optional<Ipv6Address> origin = record.origin();
    if (target.isEmpty() || origin.isEmpty()) {
      return Step.NONE; // no record is read without both
    }
    return switch (record.stage()) {
      case MOVING -> moving(service, record, target.get(), origin.get());
      case RETURNING -> returning(service, record, origin.get());
      case GIVEN_UP -> givenUp(service, record, target.get());
    };
  }

  private Step moving(
      ServiceState service, HandoverRecord record, Ipv6Address target, Ipv6Address origin) {
    if (!record.isRequested(service, service.requested(goal))) {
      return Step.patch(release(service, record)); // the user wants something else by now
    }
    boolean arrived = service.addresses().isSameAs(record.to());
    if (!target.isIn(goal.range())) {
      return goal.isExpired(origin)
          ? Step.patch(release(service, record))
          : moveOn(service, record, target);
    }
    if (arrived || goal.isExpired(origin)) {
      return Step.patch(release(service, record));
    }
    boolean cleared = service.ingress().isEmpty(); // MetalLB has refused: IPv4 is gone, too
    if (cleared) {
      return turnBack(service, record.refused(), target, origin);
    }
    return goal.isOverdue(record.since()) ? turnBack(service, record, target, origin) : Step.WAIT;
  }

  /** The prefix has changed again, before the service was done with the change before. */
  private Step moveOn(ServiceState service, HandoverRecord record, Ipv6Address target) {
    TargetAddress destination = mover.destinationOf(service, target);
    if (destination.address().isEmpty()) {
      return Step.stay(destination.problem().orElse("it cannot move"));
    }
    Ipv6Address wanted = destination.address().get();
    AddressList from = service.ingress().isEmpty() ? record.from() : service.addresses();
    AddressList to = from.replace(it -> isOld(it, target) ? wanted : it);
    PatchDraft draft =
        new PatchDraft(service)
            .pins(it -> it.equals(target) || record.origin().equals(Optional.of(it)) ? wanted : it);
    record.ownPin().ifPresent(key -> draft.ownPin(key, to));
    claims.add(wanted, service);
    draft.record(HandoverRecord.moving(goal, to, from, record.ownPin(), 0));
    return Step.patch(draft.as(Kind.MOVE)).because(destination.problem());
  }

  private boolean isOld(Ipv6Address address, Ipv6Address target) {
    return address.equals(target) || goal.isRetiring(address);
  }

  private Step turnBack(
      ServiceState service, HandoverRecord record, Ipv6Address target, Ipv6Address origin) {
    PatchDraft draft = new PatchDraft(service).pins(it -> it.equals(target) ? origin : it);
    boolean neverLeft = service.addresses().isSameAs(record.from());
    if (neverLeft) {
      draft.withoutOwnPin(record);
    } else {
      record.ownPin().ifPresent(key -> draft.ownPin(key, record.from()));
    }
    draft.record(record.at(neverLeft ? Stage.GIVEN_UP : Stage.RETURNING, goal.now()));
    return Step.patch(draft.as(Kind.RETURN)).because(Optional.of(notTaken(target)));
  }

  private Step returning(ServiceState service, HandoverRecord record, Ipv6Address origin) {
    boolean back = service.addresses().isSameAs(record.from());
    if (goal.isExpired(origin)) {
      return Step.patch(release(service, record));
    }
    if (!back && !goal.isOverdue(record.since())) {
      return Step.WAIT;
    }
    PatchDraft draft = new PatchDraft(service).withoutOwnPin(record);
    draft.record(record.at(Stage.GIVEN_UP, goal.now()));
    return Step.patch(draft.as(Kind.RETURN));
  }

  private Step givenUp(ServiceState service, HandoverRecord record, Ipv6Address target) {
    Optional<Ipv6Address> present = service.addressIn(goal.ours());
    if (present.isEmpty() || goal.isExpired(present.get())) {
      return Step.patch(release(service, record));
    }
    TargetAddress destination = mover.destinationOf(service, present.get());
    if (destination.address().equals(present)) {
      return Step.patch(release(service, record)); // it has got there in another way
    }
    if (destination.address().isEmpty()) {
      return Step.stay(destination.problem().orElse(notTaken(target)));
    }
    Ipv6Address wanted = destination.address().get();
    if (!wanted.equals(target)) {
      return mover.move(service, present.get(), wanted, 0);
    }
    return goal.now().isBefore(record.retryAt())
        ? Step.stayForNow(notTaken(target))
        : mover.move(service, present.get(), wanted, record.refusals());
  }

  private static String notTaken(Ipv6Address target) {
    return "MetalLB did not give it %s".formatted(target);
  }

  private ServicePatch release(ServiceState service, HandoverRecord record) {
    PatchDraft draft = new PatchDraft(service).withoutOwnPin(record).forget();
    if (service.addressIn(List.of(goal.range())).isPresent()) {
      draft.dns(goal, Optional.of(record));
    }
    return draft.as(Kind.RELEASE);
  }
}
