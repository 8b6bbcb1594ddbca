package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.KubernetesEvent;
import io.github.metallbdyn6.text.Sentence;
import java.time.Instant;
import java.util.Optional;

/** Which happenings are worth a Kubernetes Event, and how they are told there. */
final class EventRule {
  /** Passes in a row; a failure that is over by then was only a hiccup. */
  private static final int LASTING = 3;

  private EventRule() {}

  /** Returns the Event for what happened, if it deserves one. */
  static Optional<KubernetesEvent> eventOf(PassEvent what) {
    if (what instanceof PassEvent.PrefixChanged changed && changed.before().isPresent()) {
      return event(what, "PrefixChanged", "AskSource");
    }
    if (what instanceof PassEvent.PoolPatched) {
      return event(what, "PoolPatched", "PatchPool");
    }
    if (what instanceof PassEvent.PoolReverted) {
      return warning(what, "PoolReverted", "PlanPool", Advice.LEAVE_ADDRESSES_ALONE);
    }
    if (what instanceof RestartEvent.MetalLbReloaded && !what.isEveryday()) {
      return event(what, "MetalLBReloaded", "ReloadMetalLB");
    }
    if (what instanceof HandoverEvent.ServicesMoved) {
      return event(what, "ServicesMoved", "MoveServices");
    }
    if (what instanceof HandoverEvent.RangesRetired retired) {
      return Optional.of(
          new KubernetesEvent(
              what.at(),
              retired.leftBehind().isEmpty()
                  ? KubernetesEvent.Type.Normal
                  : KubernetesEvent.Type.Warning,
              "RangeRetired",
              "PatchPool",
              what.text()));
    }
    if (what instanceof PassEvent.PassFailed failed) {
      return Optional.of(failed.trouble())
          .filter(EventRule::isWorthTelling)
          .map(trouble -> warning(failed.at(), trouble));
    }
    if (what instanceof PassEvent.PassSucceeded succeeded) {
      return succeeded
          .ended()
          .filter(EventRule::isWorthTelling)
          .flatMap(trouble -> event(what, "Recovered", "FollowPrefix"));
    }
    if (what instanceof FollowerEvent follower) {
      return eventOf(follower);
    }
    return what instanceof ProgramEvent order ? eventOf(order) : Optional.empty();
  }

  /** A failure that is over by the next try was only a hiccup. */
  private static Optional<KubernetesEvent> eventOf(FollowerEvent what) {
    if (what instanceof FollowerEvent.FollowerTold) {
      return event(what, "FollowerTold", "TellFollower");
    }
    if (what instanceof FollowerEvent.FollowerHasStopped) {
      return warning(what, "FollowerStopped", "TellFollower", Advice.RESUME_FOLLOWER);
    }
    return what instanceof FollowerEvent.FollowerFailed failed && failed.failures() >= LASTING
        ? warning(what, "FollowerFailed", "TellFollower", Advice.MEND_FOLLOWER)
        : Optional.empty();
  }

  /** Orders come from the pool, and are acknowledged there; an edit goes to the same cluster. */
  private static Optional<KubernetesEvent> eventOf(ProgramEvent what) {
    if (what instanceof ProgramEvent.PauseChanged pause) {
      return event(what, pause.paused() ? "PassesPaused" : "PassesResumed", "FollowOrder");
    }
    if (what instanceof ProgramEvent.Ordered order) {
      KubernetesEvent.Type type =
          order.refused() ? KubernetesEvent.Type.Warning : KubernetesEvent.Type.Normal;
      return Optional.of(
          new KubernetesEvent(what.at(), type, order.reason(), "FollowOrder", what.text()));
    }
    if (what instanceof ProgramEvent.AccessChanged access) {
      return access.missing().isEmpty()
          ? event(what, "HandoverAllowed", "ReviewAccess")
          : warning(what, "HandoverForbidden", "ReviewAccess", Advice.GRANT_SERVICES);
    }
    if (what instanceof ProgramEvent.LeaderChanged leader && leader.leads()) {
      return event(what, "LeaderChanged", "ElectLeader");
    }
    if (what instanceof ProgramEvent.RoutesEdited edited && edited.refused()) {
      return warning(what, "RoutesRefused", "EditRoutes", Advice.CORRECT_ROUTES);
    }
    return Optional.empty();
  }

  /**
   * Returns by what a repetition is known: for troubles what they are, since their texts differ
   * from pass to pass. A change of the cluster is never a repetition.
   */
  static String kindOf(PassEvent what) {
    if (what instanceof PassEvent.PassFailed failed) {
      return failed.trouble().kind();
    }
    if (what instanceof PassEvent.PassSucceeded succeeded) {
      return "recovered from " + succeeded.ended().map(Trouble::kind).orElse("nothing");
    }
    if (what instanceof PassEvent.PoolReverted reverted) {
      return reverted.isFight() ? "the pool is reverted again and again" : "the pool is reverted";
    }
    if (what instanceof FollowerEvent.FollowerFailed failed) {
      return "follower %s fails".formatted(failed.follower());
    }
    return what instanceof PassEvent.PrefixChanged ? what.text() : what.text() + " " + what.at();
  }

  /**
   * At once where the pool is held on purpose, or MetalLB, minutes after, is not back. As long as
   * it lasts, since Kubernetes forgets an Event after an hour.
   */
  private static boolean isWorthTelling(Trouble trouble) {
    return trouble.isHold()
        || trouble.area() == Explanation.Area.METALLB
        || trouble.passes() >= LASTING;
  }

  private static KubernetesEvent warning(Instant at, Trouble trouble) {
    String says = trouble.isHold() ? trouble.holdInWords() + ": " : "passes fail: ";
    String reason = trouble.isHold() ? "Holding" : "PassFailed";
    return new KubernetesEvent(
        at,
        KubernetesEvent.Type.Warning,
        trouble.why().refusal().isPresent() ? "AnswerRefused" : reason,
        trouble.isHold() ? "HoldPool" : "FollowPrefix",
        says + trouble.inWords());
  }

  private static Optional<KubernetesEvent> warning(
      PassEvent what, String reason, String action, String advice) {
    String note = Sentence.ended(what.text()) + " " + advice;
    return Optional.of(
        new KubernetesEvent(what.at(), KubernetesEvent.Type.Warning, reason, action, note));
  }

  private static Optional<KubernetesEvent> event(PassEvent what, String reason, String action) {
    return Optional.of(
        new KubernetesEvent(what.at(), KubernetesEvent.Type.Normal, reason, action, what.text()));
  }
}
