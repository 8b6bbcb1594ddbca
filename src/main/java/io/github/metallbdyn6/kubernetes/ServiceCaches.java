package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pass.PoolServicePatch;

/** Has each step taken by the {@link ServiceCache} of the pool that the pass is about. */
public final class ServiceCaches {
  private final PerPool<ServiceCache> caches;

  public ServiceCaches(PerPool<ServiceCache> caches) {
    this.caches = caches;
  }

  public PoolPass look(PoolPass pass) {
    return caches.of(pass).look(pass);
  }

  public PoolPass hear(PoolPass pass) throws InterruptedException {
    return caches.of(pass).hear(pass);
  }

  /** As {@link ServiceCache#patch}. Where the pool is released meanwhile, nothing is sent. */
  public void patch(PoolServicePatch due) {
    caches.find(due.pool()).ifPresent(cache -> cache.patch(due.patch()));
  }

  public void close(PoolPass pass) {
    caches.of(pass).close();
  }
}
