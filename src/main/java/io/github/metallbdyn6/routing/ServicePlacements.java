package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;

/** Tells the placement of services of the pool that the pass is about. */
public final class ServicePlacements {
  private final PerPool<ServicePlacement> placements;

  public ServicePlacements(PerPool<ServicePlacement> placements) {
    this.placements = placements;
  }

  /** As {@link ServicePlacement#looked}. */
  public void looked(PoolPass pass) {
    placements.of(pass).looked(pass.handover().moves());
  }

  /** As {@link ServicePlacement#placed}. */
  public void placed(PoolPass pass) {
    placements.of(pass).placed(pass.handover().moves());
  }
}
