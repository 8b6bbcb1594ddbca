package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.metallb.RestartRule;
import java.util.Date;

/** Steps of a pass that decide which of MetalLB's pods are restarted. */
public final class RestartSteps {
  private final RestartRule rule;

  public RestartSteps(RestartRule rule) {
    this.rule = rule;
  }

  /** Marks the pods that run on old addresses after the patch. */
  public PoolPass mark(PoolPass pass) {
    return pass.with(pass.restart().marked(rule.markFor(pass.restart().pods())));
  }

  /** Takes the mark that an earlier pass left in the pool. */
  public PoolPass takeMark(PoolPass pass) {
    return pass.with(pass.restart().marked(pass.state().reloadMark()));
  }

  /** Begins the restart, or goes on where a killed program was. */
  public PoolPass begin(PoolPass pass, Date now) {
    PodRestart restart = pass.restart();
    return pass.with(restart.at(rule.begin(restart.mark().orElseThrow(), restart.pods(), now)));
  }

  /** Tells whether the mark names no pods: their successors would be deleted, too. */
  public boolean isVague(PoolPass pass) {
    return rule.isVague(pass.restart().mark().orElseThrow());
  }

  /** Takes another look at the pods. */
  public PoolPass look(PoolPass pass, Date now) {
    PodRestart restart = pass.restart();
    return pass.with(restart.at(rule.look(restart.progress(), restart.pods(), now)));
  }
}
