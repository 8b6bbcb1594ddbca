package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;

/** Tells the {@link ServicePlacement} of the pool that the pass is about. */
public final class ServicePlacements {
  private final PerPool<ServicePlacement> placements;

  public ServicePlacements(PerPool<ServicePlacement> placements) {
    this.placements = placements;
  }

  public void looked(PoolPass pass) {
    placements.of(pass).looked(pass.handover());
  }

  public void placed(PoolPass pass) {
    placements.of(pass).placed(pass.handover());
  }
}
