package io.github.metallbdyn6.metallb;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * How far a reload has come. It is done when every pod that ran before the patch is gone and as
 * many are Ready as there were.
 *
 * @param owed the UIDs of the pods that must go
 * @param expected how many Ready pods there must be afterwards
 * @param pods the pods as last seen
 * @param begunAt when the wait began
 * @param seenAt when that was
 * @param deadline when the wait is given up
 */
public record Restart(
    Set<String> owed,
    int expected,
    List<MetalLbPod> pods,
    Instant begunAt,
    Instant seenAt,
    Instant deadline) {

  public Restart {
    owed = Set.copyOf(owed);
    pods = List.copyOf(pods);
  }

  public String mark() {
    return String.join(",", new TreeSet<>(owed));
  }

  /** Tells whether a pod that must go is not on its way yet. */
  public boolean isDeletionNeeded() {
    return pods.stream().anyMatch(pod -> owed.contains(pod.uid()) && !pod.terminating());
  }

  /** Tells whether there is something left to wait for; without a pod that must go there is not. */
  public boolean isUnfinished() {
    return !owed.isEmpty() && !(isSettled() && (pods.size() >= expected || isOverdue()));
  }

  /** Tells whether the reload was counted as done with fewer pods than there were. */
  public boolean isShrunk() {
    return pods.size() < expected;
  }

  private boolean isOverdue() {
    return !seenAt.isBefore(deadline);
  }

  /** Every owed pod is gone, and every pod that is there is Ready. */
  private boolean isSettled() {
    return owedLeft() == 0
        && !pods.isEmpty()
        && pods.stream().allMatch(pod -> pod.ready() && !pod.terminating());
  }

  private long owedLeft() {
    return pods.stream().filter(pod -> owed.contains(pod.uid())).count();
  }

  /**
   * Takes another look at the pods.
   *
   * <p>At the deadline, fewer pods than before will do if all are Ready: a node may have left
   * meanwhile.
   *
   * @throws RestartFailed at the deadline, when the reload is still not done
   */
  public Restart look(List<MetalLbPod> now, Instant time) {
    Restart next = new Restart(owed, expected, now, begunAt, time, deadline);
    if (next.isOverdue() && next.isUnfinished()) {
      throw new RestartFailed(
          "MetalLB is not back: %d of %d old pods are still there, %d of %d are Ready: %s"
              .formatted(
                  next.owedLeft(),
                  owed.size(),
                  now.stream().filter(MetalLbPod::ready).count(),
                  expected,
                  now.stream().map(MetalLbPod::name).toList()));
    }
    return next;
  }
}
