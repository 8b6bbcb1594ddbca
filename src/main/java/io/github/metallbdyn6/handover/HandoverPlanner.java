package io.github.metallbdyn6.handover;

import java.util.Collection;
import java.util.Date;

/** Plans for services, and remembers which of them it has sent ahead. */
public final class HandoverPlanner {
  private final Canary canary = new Canary();

  /** Plans for all services of type LoadBalancer, as they are when the pass begins. */
  public HandoverPlan plan(HandoverGoal goal, Collection<ServiceState> services) {
    return HandoverPlan.of(goal, services, canary);
  }

  /** Plans for services as they are at a later time. */
  public HandoverPlan planAgain(HandoverGoal goal, Collection<ServiceState> services, Date now) {
    return plan(goal.at(now.toInstant()), services);
  }
}
