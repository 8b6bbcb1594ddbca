package io.github.metallbdyn6.pass;

import java.util.function.BiConsumer;
import java.util.function.Function;

/** Steps of a dry run that say what a pass would do. */
public final class DryRunSteps {
  private final Function<PoolPass, String> patch;
  private final String restartMode;
  private final BiConsumer<PoolPass, String> told;

  /**
   * Says so to this consumer.
   *
   * @param patch returns the patch exactly as a pass would send it
   * @param restartMode the setting that says when pods are restarted
   */
  public DryRunSteps(
      Function<PoolPass, String> patch, String restartMode, BiConsumer<PoolPass, String> told) {
    this.patch = patch;
    this.restartMode = restartMode;
    this.told = told;
  }

  /** Says which patch would be sent. */
  public void patch(PoolPass pass) {
    told.accept(
        pass, "would patch IPAddressPool %s with %s".formatted(pass.pool(), patch.apply(pass)));
  }

  /** Says which pods would be deleted; a restart that goes on may have deleted them already. */
  public void pods(PoolPass pass) {
    if (pass.restart().progress().isDeletionNeeded()) {
      told.accept(pass, "would delete MetalLB's pods " + pass.restart().progress().pods());
    }
  }

  /** Says that no pod would be deleted. */
  public void noPods(PoolPass pass) {
    told.accept(pass, "would delete no pods (METALLB_DYN6_RELOAD=%s)".formatted(restartMode));
  }
}
