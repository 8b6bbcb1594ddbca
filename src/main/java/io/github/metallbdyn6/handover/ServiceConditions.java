package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.ServiceCondition.Kind;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says of each service of a pool how things stand with it. The services of other pools are left
 * out: those that have no address of this pool, have had none, and request none.
 */
public final class ServiceConditions {
  private static final String HEAR_METALLB =
      "Read what MetalLB says about it: kubectl describe service -n %s %s.";
  private static final String MEND =
      "Mend what the reason names; the program tries again when the service changes.";
  private static final String MAKE_ANEW =
      "Restart MetalLB's controller, or create the service anew: then MetalLB gives it an address of the pool.";
  private static final String HAND_OVER =
      "Add the component handover to your overlay, which rewrites the pin when the prefix changes; or remove the pin.";
  private static final String END_THE_HOLD = "See why the pool is held, and whether it should be.";
  private static final String END_THE_DRY_RUN =
      "Take METALLB_DYN6_DRY_RUN away when the plan is what you want.";
  private static final String REQUEST_OTHERS =
      "Have it request addresses that the pool has, or none.";

  private final HandoverGoal goal;
  private final boolean moves;
  private final Map<String, String> problems = new HashMap<>();
  private final Set<String> repaired = new HashSet<>();

  private ServiceConditions(HandoverGoal goal, boolean moves) {
    this.goal = goal;
    this.moves = moves;
  }

  /**
   * Says it of all services that there are.
   *
   * @param goal where they should be
   * @param moves whether the program moves services
   * @param known the services by their uid that have had an address of the pool before
   */
  public static List<ServiceCondition> of(
      HandoverGoal goal, boolean moves, Collection<ServiceState> services, Set<String> known) {
    ServiceConditions conditions = new ServiceConditions(goal, moves);
    conditions.planFor(services);
    return services.stream()
        .filter(service -> known.contains(service.uid()) || ServicesOfPool.has(service, goal))
        .map(conditions::of)
        .toList();
  }

  /** Says it of a service that is on an earlier prefix, since the change of the pool is held. */
  public static ServiceCondition underHold(ServiceState service, Ipv6Address old) {
    return new ServiceCondition(
        service,
        Kind.LEFT_BEHIND,
        "it has %s, under an earlier prefix, as long as the pool is held".formatted(old),
        END_THE_HOLD);
  }

  /** Says it of a service that would be moved if the program were allowed to. */
  public static ServiceCondition inDryRun(ServiceState service, HandoverGoal goal) {
    String old = service.addressIn(goal.retiring()).map(Ipv6Address::toString).orElse("an address");
    return new ServiceCondition(
        service,
        Kind.LEFT_BEHIND,
        "it still has %s, and a dry run moves no service".formatted(old),
        END_THE_DRY_RUN);
  }

  /** Says it of a service that is not on its way, for this reason. */
  public static ServiceCondition leftBehind(ServiceState service, String reason) {
    return new ServiceCondition(service, Kind.LEFT_BEHIND, reason, MEND);
  }

  /** Between passes nobody waits for a neighbour: what keeps a service is named at once. */
  private void planFor(Collection<ServiceState> services) {
    if (moves) {
      HandoverPlan plan = HandoverPlan.of(goal.begunAt(Instant.EPOCH), services);
      plan.problems().forEach(it -> problems.put(it.service().uid(), it.text()));
      plan.repairs().forEach(it -> repaired.add(it.service().uid()));
    }
  }

  private ServiceCondition of(ServiceState service) {
    Optional<String> problem = Optional.ofNullable(problems.get(service.uid()));
    if (service.ingress().isEmpty()) {
      return withoutAddress(service, problem);
    }
    if (service.addressIn(List.of(goal.range())).isPresent()) {
      return problem
          .map(text -> new ServiceCondition(service, Kind.NOT_AS_DECLARED, text, MEND))
          .orElseGet(() -> inPlace(service));
    }
    return service
        .addressIn(goal.retiring())
        .map(old -> onOldRange(service, old, problem))
        .orElseGet(() -> elsewhere(service));
  }

  /** MetalLB takes all addresses of a service whose pin is not in the pool, IPv4 included. */
  private ServiceCondition inPlace(ServiceState service) {
    return service
        .requested(goal)
        .ipv6()
        .filter(pinned -> !moves && pinned.isIn(goal.range()))
        .map(
            pinned ->
                new ServiceCondition(
                    service,
                    Kind.PINNED,
                    "it is pinned to %s, so that the next change of the prefix leaves it without any address"
                        .formatted(pinned),
                    HAND_OVER))
        .orElseGet(() -> new ServiceCondition(service, Kind.IN_PLACE, "", ""));
  }

  private ServiceCondition onOldRange(
      ServiceState service, Ipv6Address old, Optional<String> problem) {
    return problem
        .map(text -> leftBehind(service, text))
        .orElseGet(
            () -> new ServiceCondition(service, Kind.MOVING, "it still has %s".formatted(old), ""));
  }

  /** A service may have been given addresses that are none of the program's business. */
  private ServiceCondition elsewhere(ServiceState service) {
    return service.ipv6Addresses().stream()
        .filter(address -> !goal.pool().holds(address.toString()))
        .findFirst()
        .map(
            dead ->
                new ServiceCondition(
                    service,
                    Kind.DEAD_PREFIX,
                    "it has %s, which the pool has no more".formatted(dead),
                    service.asked().items().isEmpty() ? MAKE_ANEW : REQUEST_OTHERS))
        .orElseGet(() -> new ServiceCondition(service, Kind.IN_PLACE, "", ""));
  }

  private ServiceCondition withoutAddress(ServiceState service, Optional<String> problem) {
    String requested = service.requested();
    String reason =
        problem.orElseGet(
            () ->
                requested.isEmpty()
                    ? "it has no address"
                    : "it has no address, and requests " + requested);
    String advice =
        repaired.contains(service.uid()) || requestsNothingElse(service)
            ? HEAR_METALLB.formatted(service.namespace(), service.name())
            : REQUEST_OTHERS;
    return new ServiceCondition(service, Kind.NO_ADDRESS, reason, advice);
  }

  /** MetalLB may refuse what the pool has: one family for two, or an address that is taken. */
  private boolean requestsNothingElse(ServiceState service) {
    return service.asked().items().stream().allMatch(goal.pool()::holds);
  }
}
