package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;
import org.apache.camel.Exchange;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Has each step taken by the {@link LivePool} that the pass is about, by the method of the same
 * name; and is the filter that lets only changes pass.
 *
 * <p>The filter is Camel's idempotent consumer on this repository. It has no memory of its own: a
 * range is known when the live pool shows that nothing is due for it. A memory would lose every
 * change that fails after it was remembered, or that somebody undoes in the pool.
 */
public final class LivePools extends ServiceSupport implements IdempotentRepository {
  private final PerPool<LivePool> pools;

  public LivePools(PerPool<LivePool> pools) {
    this.pools = pools;
  }

  public PoolPass read(PoolPass pass) {
    return pools.of(pass).read(pass);
  }

  public PoolPass compare(PoolPass pass) {
    return pools.of(pass).compare(pass);
  }

  public PoolPass serving(PoolPass pass) {
    return pools.of(pass).serving(pass);
  }

  public PoolPass patch(PoolPass pass) {
    return pools.of(pass).patch(pass);
  }

  public String show(PoolPass pass) {
    return pools.of(pass).show(pass);
  }

  public PoolPass awaitUptake(PoolPass pass) throws InterruptedException {
    return pools.of(pass).awaitUptake(pass);
  }

  public PoolPass retire(PoolPass pass) {
    return pools.of(pass).retire(pass);
  }

  public PoolPass sharpenMark(PoolPass pass) {
    return pools.of(pass).sharpenMark(pass);
  }

  public PoolPass owe(PoolPass pass) {
    return pools.of(pass).owe(pass);
  }

  public PoolPass clearMark(PoolPass pass) {
    return pools.of(pass).clearMark(pass);
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
