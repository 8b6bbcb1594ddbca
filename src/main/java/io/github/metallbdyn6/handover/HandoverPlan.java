package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The plan for services at this moment. The plan depends on nothing but the services as they are,
 * so that whoever plans again, after a crash for example, goes on where the last one was.
 *
 * @param goal where they should be
 * @param patches what to send now
 * @param waiting those that it is MetalLB's turn with
 * @param problems those that are not where they should be, and about which nothing can be done
 * @param inUse those of the retiring ranges that a service has an address in, or is not done with
 */
public record HandoverPlan(
    HandoverGoal goal,
    List<ServicePatch> patches,
    List<ServiceState> waiting,
    List<Problem> problems,
    Set<AddressRange> inUse) {

  /** Longer than a MetalLB that is well takes; who waited longer would miss the next prefix. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

  /**
   * Why a service is not where it should be, for people.
   *
   * @param passing whether it may pass without a change of any service
   * @param repaired whether the program puts it right by changing what the service requests
   */
  public record Problem(ServiceState service, String text, boolean passing, boolean repaired) {
    private static final int LONGEST = 500;

    /** A webhook may answer with a text of any length. */
    public Problem {
      text = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    @Override
    public String toString() {
      return service + ": " + text;
    }
  }

  /** Keeps its own copy of the collections. */
  public HandoverPlan {
    patches = List.copyOf(patches);
    waiting = List.copyOf(waiting);
    problems = List.copyOf(problems);
    inUse = Set.copyOf(inUse);
  }

  /** Plans for all services of type LoadBalancer, wherever their addresses come from. */
  public static HandoverPlan of(HandoverGoal goal, Collection<ServiceState> services) {
    return of(goal, services, new Canary());
  }

  static HandoverPlan of(HandoverGoal goal, Collection<ServiceState> services, Canary canary) {
    AddressClaims claims = AddressClaims.of(goal, services);
    NewMove mover = new NewMove(goal, claims);
    OngoingMove follower = new OngoingMove(goal, claims, mover);
    List<ServicePatch> patches = new ArrayList<>();
    List<ServiceState> waiting = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Map<ServiceState, Step> steps = new LinkedHashMap<>();
    inOrder(services)
        .forEach(
            service ->
                steps.put(
                    service, Step.orProblem(service, it -> stepFor(goal, it, mover, follower))));
    canary
        .hold(goal, services, steps)
        .forEach(
            (service, step) -> {
              step.patch().ifPresent(patches::add);
              if (step.waiting()) {
                waiting.add(service);
              }
              step.problem()
                  .ifPresent(
                      text ->
                          problems.add(
                              new Problem(service, text, step.passing(), step.isRepair())));
            });
    return new HandoverPlan(goal, inTurns(patches), waiting, problems, inUse(goal, services));
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

  /** Tells whether all that can be done is done. */
  public boolean isSettled() {
    return patches.isEmpty() && waiting.isEmpty();
  }

  /** Returns the services that request something else by this plan. */
  public List<Problem> repairs() {
    return problems.stream().filter(Problem::repaired).toList();
  }

  /** Tells whether services may get on although nobody says that anything has changed. */
  public boolean isPassing() {
    return !isSettled() || problems.stream().anyMatch(Problem::passing);
  }

  /** Tells whether old ranges are there, and no service needs them. */
  public boolean isReadyToRetire() {
    return isSettled() && !goal.retiring().isEmpty() && inUse.isEmpty();
  }

  /** Tells whether this pass should go on: there is something to send or to wait for. */
  public boolean isUnfinished() {
    return !isSettled() && goal.now().isBefore(goal.begun().plus(LONGEST_WAIT));
  }

  /** Returns the services that are asked to move. */
  public List<ServiceState> moving() {
    return patches.stream()
        .filter(patch -> patch.kind() == ServicePatch.Kind.MOVE)
        .map(ServicePatch::service)
        .toList();
  }

  /** Returns the services that are not where they should be, whatever the reason. */
  public List<ServiceState> misplaced() {
    return Stream.of(moving().stream(), waiting.stream(), problems.stream().map(Problem::service))
        .flatMap(it -> it)
        .distinct()
        .toList();
  }
}
