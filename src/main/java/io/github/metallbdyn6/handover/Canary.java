package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Sends one service ahead. MetalLB hears of the pool and of services separately; a service that
 * asks for an address of a range which MetalLB does not know yet loses all that it has. Once one
 * service has an address in the range, MetalLB knows it.
 */
final class Canary {
  /** A MetalLB that has not reacted by then is not running, and harms nobody. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private boolean others;
  private boolean first;

  private Canary(boolean others, boolean first) {
    this.others = others;
    this.first = first;
  }

  static Canary of(Goal goal, Collection<ServiceState> services) {
    boolean proven =
        goal.uptake() == Uptake.DONE
            || services.stream().anyMatch(it -> it.addressIn(List.of(goal.range())).isPresent());
    boolean ahead = services.stream().anyMatch(service -> isAhead(service, goal));
    boolean silent = services.stream().anyMatch(service -> isUnheard(service, goal));
    return new Canary(proven || (silent && !ahead), !ahead);
  }

  private static Optional<HandoverRecord> movingTo(ServiceState service, Goal goal) {
    return HandoverRecord.of(service, goal)
        .filter(record -> record.stage() == Stage.MOVING)
        .filter(record -> record.target().filter(it -> it.isIn(goal.range())).isPresent());
  }

  private static boolean isAhead(ServiceState service, Goal goal) {
    return movingTo(service, goal)
        .filter(it -> goal.now().isBefore(it.since().plus(LONGEST)) || service.ingress().isEmpty())
        .isPresent();
  }

  private static boolean isUnheard(ServiceState service, Goal goal) {
    return movingTo(service, goal).isPresent();
  }

  /** Lets the first service pass that is to move, and has all others wait for it. */
  Step hold(Step step) {
    if (others || step.patch().filter(patch -> patch.kind() == Kind.MOVE).isEmpty()) {
      return step;
    }
    if (first) {
      first = false;
      return step;
    }
    return Step.WAIT.because(step.problem());
  }
}
