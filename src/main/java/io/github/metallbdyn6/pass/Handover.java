package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.pool.Retirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the services of one pool move.
 *
 * @param goal where they belong
 * @param services the services as they were heard of last
 * @param first what was to be done when the pass began to move them
 * @param moves what is to be done now
 * @param retirement which ranges leave the pool
 */
public record Handover(
    HandoverGoal goal,
    List<ServiceState> services,
    @Nullable HandoverPlan first,
    @Nullable HandoverPlan moves,
    @Nullable Retirement retirement) {

  public Handover {
    services = List.copyOf(services);
  }

  /** Begins with where services belong. */
  static Handover to(HandoverGoal goal) {
    return new Handover(goal, List.of(), null, null, null);
  }

  /** Returns what was to be done when the pass began to move services. */
  @Override
  public HandoverPlan first() {
    return PoolPass.known(first, "first moves");
  }

  /** Returns what is to be done now. */
  @Override
  public HandoverPlan moves() {
    return PoolPass.known(moves, "moves");
  }

  /** Returns which ranges leave the pool. */
  @Override
  public Retirement retirement() {
    return PoolPass.known(retirement, "retirement");
  }

  public Handover heard(List<ServiceState> now) {
    return new Handover(goal, now, first, moves, retirement);
  }

  public Handover planned(HandoverPlan now) {
    return new Handover(now.goal(), services, first == null ? now : first, now, retirement);
  }

  public Handover retiring(Retirement due) {
    return new Handover(goal, services, first, moves, due);
  }
}
