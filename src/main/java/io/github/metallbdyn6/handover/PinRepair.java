package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.Optional;

/**
 * Gives a service addresses again that has none, since MetalLB refuses its pin: the pin requests a
 * host part of ours under a prefix that the pool does not have any more, as after a manifest from
 * Git was applied again; or the pin requests IPv4 alone for a service of both families.
 *
 * <p>Only where MetalLB can give such a service addresses from this pool and from no other one: the
 * pin also requests an address of the pool, or an annotation names the pool, or the pin requests
 * nothing but what this pool has had.
 */
final class PinRepair {
  private final HandoverGoal goal;
  private final AddressClaims claims;

  PinRepair(HandoverGoal goal, AddressClaims claims) {
    this.goal = goal;
    this.claims = claims;
  }

  Step stepFor(ServiceState service) {
    AddressList requested = service.requested(goal);
    boolean concerned =
        service.ingress().isEmpty()
            && !service.annotation(ServiceAnnotations.REPAIR_PIN).equals("false")
            && !requested.items().isEmpty()
            && goal.pool().isWantedBy(service, requested);
    if (!concerned) {
      return Step.NONE;
    }
    Optional<Ipv6Address> ipv6 = requested.ipv6();
    return ipv6.isPresent() ? replace(service, ipv6.get()) : complete(service, requested);
  }

  private Step replace(ServiceState service, Ipv6Address stray) {
    boolean ourHostPart = stray.hostPart().under(goal.range()).isIn(goal.range());
    if (goal.pool().holds(stray.toString()) || !ourHostPart) {
      return Step.NONE;
    }
    TargetAddress destination = TargetAddress.of(service, stray.hostPart(), goal.range(), claims);
    return destination
        .address()
        .map(
            wanted -> {
              PatchDraft draft = new PatchDraft(service).pins(it -> it.equals(stray) ? wanted : it);
              return repair(service, draft, wanted)
                  .because(
                      Optional.of(
                          "%s requests %s, which the pool does not have: %s takes its place; %s"
                              .formatted(place(service), stray, wanted, advice(service))));
            })
        .orElseGet(() -> Step.stay(destination.problem().orElse("it has no address")));
  }

  private Step complete(ServiceState service, AddressList requested) {
    String declared = service.annotation(ServiceAnnotations.HOST_PART);
    Optional<String> key = service.pinKey(goal);
    if (declared.isEmpty() || !service.dualStack() || key.isEmpty()) {
      return Step.NONE;
    }
    TargetAddress destination = TargetAddress.declared(declared, service, goal.range(), claims);
    return destination
        .address()
        .map(
            wanted -> {
              PatchDraft draft =
                  new PatchDraft(service)
                      .ownPin(key.get(), new AddressList(requested + "," + wanted));
              return repair(service, draft, wanted)
                  .because(
                      Optional.of(
                          "%s requests IPv4 alone, which MetalLB refuses for a service of both families: %s of %s comes to it; %s"
                              .formatted(
                                  place(service),
                                  wanted,
                                  ServiceAnnotations.HOST_PART,
                                  advice(service))));
            })
        .orElseGet(() -> Step.stay(destination.problem().orElse("it has no address")));
  }

  private Step repair(ServiceState service, PatchDraft draft, Ipv6Address wanted) {
    claims.add(wanted, service);
    return Step.patch(draft.as(Kind.REPAIR));
  }

  private String place(ServiceState service) {
    return service
        .pinKey(goal)
        .map(key -> "its annotation " + key)
        .orElse("its spec.loadBalancerIP");
  }

  private String advice(ServiceState service) {
    return "if Git, Helm, or a Gateway's spec.infrastructure.annotations say otherwise, change it there, or have that tool ignore %s"
        .formatted(service.pinKey(goal).orElse("spec.loadBalancerIP"));
  }
}
