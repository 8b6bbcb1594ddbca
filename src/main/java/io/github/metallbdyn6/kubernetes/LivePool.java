package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.PodRestart;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pass.PoolRules;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PoolWishes;
import io.github.metallbdyn6.pool.PrefixValidity;
import io.github.metallbdyn6.pool.Transition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Steps of a pass that read and change one live pool. */
public final class LivePool {
  private final IpAddressPool pool;
  private final Function<PoolWishes, PoolRules> rules;
  private final Consumer<PoolState> seen;
  private final ServicePermission permission;
  private final Consumer<List<String>> lacks;
  private final PoolUptake uptake;
  private final PrefixValidity validity = new PrefixValidity();
  private volatile @Nullable AddressRange wantedRange;

  /**
   * Steps for this pool.
   *
   * @param rules makes the user's rules of the settings and of the pool's annotations
   * @param seen is told how the pool is, also where its annotations cannot be right
   * @param lacks is told which verbs a handover lacks, none when it lacks none
   */
  public LivePool(
      IpAddressPool pool,
      Function<PoolWishes, PoolRules> rules,
      Consumer<PoolState> seen,
      ServicePermission permission,
      Consumer<List<String>> lacks,
      PoolUptake uptake) {
    this.pool = pool;
    this.rules = rules;
    this.seen = seen;
    this.permission = permission;
    this.lacks = lacks;
    this.uptake = uptake;
  }

  /**
   * Takes the pool as it is now, as {@link IpAddressPool#current}, and the user's rules for it.
   *
   * @throws io.github.metallbdyn6.pool.WrongPoolRules when the pool asks for what cannot be
   */
  public PoolPass read(PoolPass pass) {
    PoolState now = pool.current();
    seen.accept(now);
    return pass.with(now).with(rules.apply(now.wishes()));
  }

  /**
   * Plans how the range gets into the pool, in the way that the user wants, as far as the cluster
   * allows it.
   *
   * @throws io.github.metallbdyn6.pool.PoolConflict when it overlaps an entry that is not ours
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as {@link
   *     ServicePermission#missingFor}
   */
  public PoolPass compare(PoolPass pass) {
    PoolState now = pass.state();
    Lifetimes lifetimes = pass.prefix().map(CurrentPrefix::lifetimes).orElse(Lifetimes.UNKNOWN);
    validity.note(pass.range(), lifetimes.valid(), now.readAt());
    PoolPlan plan = possible(pass).plan(now, pass.range(), validity);
    wantedRange = pass.range();
    return pass.with(plan);
  }

  private Transition possible(PoolPass pass) {
    Transition wanted = pass.rules().transition();
    List<String> missing = permission.missingFor(wanted, pass.state().readAt());
    lacks.accept(missing);
    return missing.isEmpty() ? wanted : Transition.REPLACE;
  }

  /**
   * Finds the range that services get addresses from at present: ours, or, where the pool has never
   * been written, the one that is wanted and stands there already.
   */
  public PoolPass serving(PoolPass pass) {
    PoolState now = pass.state();
    return now.serving()
        .or(() -> Optional.ofNullable(wantedRange).filter(now::holds))
        .map(pass::with)
        .orElse(pass);
  }

  /** Sends the plan, with the mark of pods that must go, as {@link IpAddressPool#patch}. */
  public PoolPass patch(PoolPass pass) {
    return pass.with(pool.patch(pass.plan(), pass.restart().mark()));
  }

  /** Returns the patch exactly as {@link #patch} would send it. */
  public String show(PoolPass pass) {
    return pool.show(pass.plan(), pass.restart().mark());
  }

  /** Waits until MetalLB knows the pool as it is now, as {@link PoolUptake#await}. */
  public PoolPass awaitUptake(PoolPass pass) throws InterruptedException {
    return pass.with(uptake.await(pass.stateBefore(), pass.state()));
  }

  /**
   * Takes ranges out of the pool, as {@link IpAddressPool#retire}. A change that is held stays the
   * plan; otherwise the pool is as it should be then.
   */
  public PoolPass retire(PoolPass pass) {
    PoolState now = pool.retire(pass.handover().retirement(), pass.restart().mark());
    PoolPlan left =
        pass.plan().held().isPresent()
            ? pass.plan().on(now)
            : Transition.HANDOVER.plan(now, pass.handover().goal().range());
    return pass.with(now).with(left);
  }

  /** Names in the pool's mark the pods that are about to be deleted. */
  public PoolPass sharpenMark(PoolPass pass) {
    PodRestart restart = pass.restart();
    String sharper = restart.progress().mark();
    pool.sharpenReloadMark(restart.mark().orElseThrow(), sharper);
    return pass.with(restart.marked(Optional.of(sharper)));
  }

  /** Leaves the mark of pods that must go, if there is one, as {@link IpAddressPool#oweReload}. */
  public PoolPass owe(PoolPass pass) {
    return pass.restart().mark().map(mark -> pass.with(pool.oweReload(mark))).orElse(pass);
  }

  /** Takes the mark away: the pods were restarted. */
  public PoolPass clearMark(PoolPass pass) {
    pool.clearReloadMark(pass.restart().mark().orElseThrow());
    return pass.with(pass.state().withoutReloadMark());
  }
}
