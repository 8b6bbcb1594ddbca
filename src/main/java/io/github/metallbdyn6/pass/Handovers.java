package io.github.metallbdyn6.pass;

import java.util.Date;

/** Has each step of a handover taken by the pool that the pass is about. */
public final class Handovers {
  private final PerPool<HandoverSteps> steps;

  public Handovers(PerPool<HandoverSteps> steps) {
    this.steps = steps;
  }

  /** As {@link HandoverSteps#goal}. */
  public PoolPass goal(PoolPass pass, Date now) {
    return steps.of(pass).goal(pass, now);
  }

  /** As {@link HandoverSteps#presentGoal}. */
  public PoolPass presentGoal(PoolPass pass, Date now) {
    return steps.of(pass).presentGoal(pass, now);
  }

  /** As {@link HandoverSteps#dryGoal}. */
  public PoolPass dryGoal(PoolPass pass, Date now) {
    return steps.of(pass).dryGoal(pass, now);
  }

  /** As {@link HandoverSteps#isLookDue}. */
  public boolean isLookDue(PoolPass pass) {
    return steps.of(pass).isLookDue(pass);
  }

  /** As {@link HandoverSteps#millisToSettle}. */
  public long millisToSettle(PoolPass pass, Date now) {
    return steps.of(pass).millisToSettle(pass, now);
  }

  /** As {@link HandoverSteps#begin}. */
  public PoolPass begin(PoolPass pass, Date now) {
    return steps.of(pass).begin(pass, now);
  }

  /** As {@link HandoverSteps#plan}. */
  public PoolPass plan(PoolPass pass) {
    return steps.of(pass).plan(pass);
  }

  /** As {@link HandoverSteps#planAgain}. */
  public PoolPass planAgain(PoolPass pass, Date now) {
    return steps.of(pass).planAgain(pass, now);
  }

  /** As {@link HandoverSteps#dryPlan}. */
  public PoolPass dryPlan(PoolPass pass) {
    return steps.of(pass).dryPlan(pass);
  }

  /** As {@link HandoverSteps#retirement}. */
  public PoolPass retirement(PoolPass pass) {
    return steps.of(pass).retirement(pass);
  }

  /** As {@link HandoverSteps#isStuck}. */
  public boolean isStuck(PoolPass pass) {
    return steps.of(pass).isStuck(pass);
  }

  /** As {@link HandoverSteps#isMetalLbSilent}. */
  public boolean isMetalLbSilent(PoolPass pass) {
    return steps.of(pass).isMetalLbSilent(pass);
  }

  /** As {@link HandoverSteps#isLeftBehind}. */
  public boolean isLeftBehind(PoolPass pass) {
    return steps.of(pass).isLeftBehind(pass);
  }

  /** As {@link HandoverSteps#looked}. */
  public void looked(PoolPass pass) {
    steps.of(pass).looked(pass);
  }
}
