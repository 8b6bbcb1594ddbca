package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans for services, and remembers which of them it has sent ahead. */
public final class HandoverPlanner {
  private final Canary canary = new Canary();

  /** Plans for all services of type LoadBalancer, as they are when the pass begins. */
  public HandoverPlan plan(HandoverGoal goal, Collection<ServiceState> services) {
    AddressClaims claims = AddressClaims.of(goal, services);
    NewMove mover = new NewMove(goal, claims);
    OngoingMove follower = new OngoingMove(goal, claims, mover);
    Map<ServiceState, Step> steps = new LinkedHashMap<>();
    inOrder(services)
        .forEach(
            service ->
                steps.put(
                    service, Step.orProblem(service, it -> stepFor(goal, it, mover, follower))));
    Map<ServiceState, Step> held = canary.hold(goal, services, steps);
    List<ServiceState> waiting =
        held.keySet().stream().filter(it -> held.getOrDefault(it, Step.NONE).waiting()).toList();
    return new HandoverPlan(
        goal, inTurns(patches(held)), waiting, problems(held), inUse(goal, services));
  }

  private static List<ServicePatch> patches(Map<ServiceState, Step> steps) {
    return steps.values().stream().map(Step::patch).flatMap(Optional::stream).toList();
  }

  private static List<HandoverPlan.Problem> problems(Map<ServiceState, Step> steps) {
    List<HandoverPlan.Problem> problems = new ArrayList<>();
    steps.forEach(
        (service, step) ->
            step.problem()
                .map(
                    text ->
                        new HandoverPlan.Problem(service, text, step.passing(), step.isRepair()))
                .ifPresent(problems::add));
    return problems;
  }

  /** Plans for services as they are at a later time. */
  public HandoverPlan planAgain(HandoverGoal goal, Collection<ServiceState> services, Date now) {
    return plan(goal.at(now.toInstant()), services);
  }

  /** Namespaces take turns: one with a thousand services does not keep the others waiting. */
  private static List<ServicePatch> inTurns(List<ServicePatch> patches) {
    Map<String, Integer> counts = new HashMap<>();
    IdentityHashMap<ServicePatch, Integer> turns = new IdentityHashMap<>();
    patches.forEach(
        patch -> turns.put(patch, counts.merge(patch.service().namespace(), 1, Integer::sum)));
    return patches.stream().sorted(Comparator.comparing(turns::get)).toList();
  }

  /** Services that keep their host part come first; services that share an address are adjacent. */
  private static List<ServiceState> inOrder(Collection<ServiceState> services) {
    return services.stream()
        .sorted(
            Comparator.comparing(
                    (ServiceState it) -> !it.annotation(ServiceAnnotations.HOST_PART).isEmpty())
                .thenComparing(ServiceState::sharingKey)
                .thenComparing(ServiceState::toString))
        .toList();
  }

  private static Step stepFor(
      HandoverGoal goal, ServiceState service, NewMove mover, OngoingMove follower) {
    if (service.hindrance().isPresent()) {
      ServiceState.Hindrance hindrance = service.hindrance().get();
      return switch (hindrance.lasting()) {
        case A_MOMENT -> Step.WAIT;
        case FOR_NOW -> Step.stayForNow(hindrance.text());
        case UNTIL_IT_CHANGES -> Step.stay(hindrance.text());
      };
    }
    Optional<HandoverRecord> any =
        HandoverRecord.parse(service.annotation(ServiceAnnotations.RECORD));
    if (any.filter(record -> record.isOfAnotherPool(goal)).isPresent()) {
      return ofAnotherPool(goal, service);
    }
    return HandoverRecord.of(service, goal)
        .map(record -> follower.stepFor(service, record))
        .orElseGet(() -> mover.stepFor(service));
  }

  private static Step ofAnotherPool(HandoverGoal goal, ServiceState service) {
    return service
        .addressIn(goal.retiring())
        .map(
            address ->
                Step.stay(
                    "it keeps %s: by its annotation %s the program of another pool moves it; if there is none, remove the annotation"
                        .formatted(address, ServiceAnnotations.RECORD)))
        .orElse(Step.NONE);
  }

  private static Set<AddressRange> inUse(HandoverGoal goal, Collection<ServiceState> services) {
    Set<AddressRange> inUse = new HashSet<>();
    for (AddressRange range : goal.retiring()) {
      if (services.stream().anyMatch(it -> needs(it, range, goal))) {
        inUse.add(range);
      }
    }
    return inUse;
  }

  /**
   * A service that has left the range, and still has our request, is looked at only while a range
   * retires.
   */
  private static boolean needs(ServiceState service, AddressRange range, HandoverGoal goal) {
    return service.addressIn(List.of(range)).isPresent()
        || HandoverRecord.of(service, goal)
            .filter(record -> record.stage() != HandoverRecord.Stage.GIVEN_UP)
            .flatMap(HandoverRecord::origin)
            .filter(origin -> origin.isIn(range))
            .isPresent();
  }
}
