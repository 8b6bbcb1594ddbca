package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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

  public HandoverPlan {
    patches = List.copyOf(patches);
    waiting = List.copyOf(waiting);
    problems = List.copyOf(problems);
    inUse = Set.copyOf(inUse);
  }

  /** Plans for services of type LoadBalancer without remembering anything. */
  public static HandoverPlan of(HandoverGoal goal, Collection<ServiceState> services) {
    return new HandoverPlanner().plan(goal, services);
  }

  /** Tells whether all that can be done is done. */
  public boolean isSettled() {
    return patches.isEmpty() && waiting.isEmpty();
  }

  public List<Problem> repairs() {
    return problems.stream().filter(Problem::repaired).toList();
  }

  /** Returns for how many services something is to be sent or waited for. */
  public int openSteps() {
    return patches.size() + waiting.size();
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
