package io.github.metallbdyn6.pass;

import java.util.Date;

/**
 * Has each step of a handover taken by the {@link HandoverSteps} of the pool that the pass is
 * about, by the method of the same name.
 */
public final class Handovers {
  private final PerPool<HandoverSteps> steps;

  public Handovers(PerPool<HandoverSteps> steps) {
    this.steps = steps;
  }

  public PoolPass goal(PoolPass pass, Date now) {
    return steps.of(pass).goal(pass, now);
  }

  public PoolPass presentGoal(PoolPass pass, Date now) {
    return steps.of(pass).presentGoal(pass, now);
  }

  public PoolPass dryGoal(PoolPass pass, Date now) {
    return steps.of(pass).dryGoal(pass, now);
  }

  public boolean isLookDue(PoolPass pass) {
    return steps.of(pass).isLookDue(pass);
  }

  public long millisToSettle(PoolPass pass, Date now) {
    return steps.of(pass).millisToSettle(pass, now);
  }

  public PoolPass begin(PoolPass pass, Date now) {
    return steps.of(pass).begin(pass, now);
  }

  public PoolPass plan(PoolPass pass) {
    return steps.of(pass).plan(pass);
  }

  public PoolPass planAgain(PoolPass pass, Date now) {
    return steps.of(pass).planAgain(pass, now);
  }

  public PoolPass dryPlan(PoolPass pass) {
    return steps.of(pass).dryPlan(pass);
  }

  public PoolPass retirement(PoolPass pass) {
    return steps.of(pass).retirement(pass);
  }

  public boolean isStuck(PoolPass pass) {
    return steps.of(pass).isStuck(pass);
  }

  public boolean isMetalLbSilent(PoolPass pass) {
    return steps.of(pass).isMetalLbSilent(pass);
  }

  public boolean isLeftBehind(PoolPass pass) {
    return steps.of(pass).isLeftBehind(pass);
  }

  public void looked(PoolPass pass) {
    steps.of(pass).looked(pass);
  }
}
