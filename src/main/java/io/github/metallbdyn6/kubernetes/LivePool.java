package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.pass.PodRestart;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Steps of a pass that read and change the live pool; and the filter that lets only changes pass.
 *
 * <p>The filter is Camel's idempotent consumer on this repository. It has no memory of its own: a
 * range is known when the live pool shows that nothing is due for it. A memory would lose every
 * change that fails after it was remembered, or that somebody undoes in the pool.
 */
public final class LivePool extends ServiceSupport implements IdempotentRepository {
  private final IpAddressPool pool;
  private final ServicePermission transition;
  private final PoolUptake uptake;

  /** Steps for this pool. */
  public LivePool(IpAddressPool pool, ServicePermission transition, PoolUptake uptake) {
    this.pool = pool;
    this.transition = transition;
    this.uptake = uptake;
  }

  /** Reads the pool, as {@link IpAddressPool#read}. */
  public PoolPass read(PoolPass pass) {
    return pass.with(pool.read());
  }

  /** Plans how the range gets into the pool, as {@link ServicePermission#plan}. */
  public PoolPass compare(PoolPass pass) {
    Lifetimes lifetimes = pass.prefix().map(CurrentPrefix::lifetimes).orElse(Lifetimes.UNKNOWN);
    return pass.with(transition.plan(pass.state(), pass.range(), lifetimes));
  }

  /** Finds the range that services get addresses from at present, if there is one. */
  public PoolPass serving(PoolPass pass) {
    return transition.serving(pass.state()).map(pass::with).orElse(pass);
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

  /** Tells whether nothing is due for the pool of the pass in the body. */
  @Override
  public boolean contains(Exchange exchange, String range) {
    return !exchange.getMessage().getBody(PoolPass.class).isDue();
  }

  @Override
  public boolean contains(String range) {
    return false;
  }

  @Override
  public boolean add(String range) {
    return true;
  }

  @Override
  public boolean remove(String range) {
    return true;
  }

  @Override
  public boolean confirm(String range) {
    return true;
  }

  @Override
  public void clear() {
    // nothing is remembered
  }
}
