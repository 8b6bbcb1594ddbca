package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pass.PoolServicePatch;

/** Has each step taken by the services as they are seen for the pool that the pass is about. */
public final class ServiceCaches {
  private final PerPool<ServiceCache> caches;

  public ServiceCaches(PerPool<ServiceCache> caches) {
    this.caches = caches;
  }

  /** As {@link ServiceCache#look}. */
  public PoolPass look(PoolPass pass) {
    return caches.of(pass).look(pass);
  }

  /** As {@link ServiceCache#hear}. */
  public PoolPass hear(PoolPass pass) throws InterruptedException {
    return caches.of(pass).hear(pass);
  }

  /** As {@link ServiceCache#patch}. Where the pool is released meanwhile, nothing is sent. */
  public void patch(PoolServicePatch due) {
    caches.find(due.pool()).ifPresent(cache -> cache.patch(due.patch()));
  }

  /** As {@link ServiceCache#close}. */
  public void close(PoolPass pass) {
    caches.of(pass).close();
  }
}
