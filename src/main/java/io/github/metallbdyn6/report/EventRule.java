package io.github.metallbdyn6.report;

import io.github.metallbdyn6.kubernetes.PoolEvent;
import java.time.Instant;
import java.util.Optional;

/** Which happenings are worth a Kubernetes Event, and how they are told there. */
final class EventRule {
  /** Passes in a row; a failure that is over by then was only a hiccup. */
  private static final int LASTING = 3;

  private EventRule() {}

  /** Returns the Event for what happened, if it deserves one. */
  static Optional<PoolEvent> eventOf(Happening what) {
    if (what instanceof Happening.PrefixChanged changed && changed.before().isPresent()) {
      return event(what, "PrefixChanged", "AskSource");
    }
    if (what instanceof Happening.PoolPatched) {
      return event(what, "PoolPatched", "PatchPool");
    }
    if (what instanceof Happening.PoolReverted) {
      return Optional.of(
          new PoolEvent(
              what.at(),
              PoolEvent.Type.Warning,
              "PoolReverted",
              "PlanPool",
              what.text() + ". " + Advice.LEAVE_ADDRESSES_ALONE));
    }
    if (what instanceof Happening.MetalLbReloaded) {
      return event(what, "MetalLBReloaded", "ReloadMetalLB");
    }
    if (what instanceof Happening.ServicesMoved) {
      return event(what, "ServicesMoved", "MoveServices");
    }
    if (what instanceof Happening.RangesRetired retired) {
      return Optional.of(
          new PoolEvent(
              what.at(),
              retired.leftBehind().isEmpty() ? PoolEvent.Type.Normal : PoolEvent.Type.Warning,
              "RangeRetired",
              "PatchPool",
              what.text()));
    }
    if (what instanceof Happening.PassFailed failed) {
      return Optional.of(failed.trouble())
          .filter(EventRule::isWorthTelling)
          .map(trouble -> warning(failed.at(), trouble));
    }
    if (what instanceof Happening.PassSucceeded succeeded) {
      return succeeded
          .ended()
          .filter(EventRule::isWorthTelling)
          .flatMap(trouble -> event(what, "Recovered", "FollowPrefix"));
    }
    return Optional.empty();
  }

  /**
   * Returns by what a repetition is known: for troubles what they are, since their texts differ
   * from pass to pass. What was done to the cluster is never a repetition.
   */
  static String kindOf(Happening what) {
    if (what instanceof Happening.PassFailed failed) {
      return failed.trouble().kind();
    }
    if (what instanceof Happening.PassSucceeded succeeded) {
      return "recovered from " + succeeded.ended().map(Trouble::kind).orElse("nothing");
    }
    if (what instanceof Happening.PoolReverted reverted) {
      return reverted.isFight() ? "the pool is reverted again and again" : "the pool is reverted";
    }
    return what instanceof Happening.PrefixChanged ? what.text() : what.text() + " " + what.at();
  }

  /**
   * At once where the pool is held on purpose, or MetalLB, minutes after, is not back. As long as
   * it lasts, since Kubernetes forgets an Event after an hour.
   */
  private static boolean isWorthTelling(Trouble trouble) {
    return trouble.isHold()
        || trouble.area() == Trouble.Area.METALLB
        || trouble.passes() >= LASTING;
  }

  private static PoolEvent warning(Instant at, Trouble trouble) {
    String says = trouble.isHold() ? "the pool is held as it is: " : "passes fail: ";
    String reason = trouble.isHold() ? "Holding" : "PassFailed";
    return new PoolEvent(
        at,
        PoolEvent.Type.Warning,
        trouble.refusal().isPresent() ? "AnswerRefused" : reason,
        trouble.isHold() ? "HoldPool" : "FollowPrefix",
        says + trouble.inWords());
  }

  private static Optional<PoolEvent> event(Happening what, String reason, String action) {
    return Optional.of(
        new PoolEvent(what.at(), PoolEvent.Type.Normal, reason, action, what.text()));
  }
}
