package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.PoolTraces;
import io.github.metallbdyn6.kubernetes.PoolUnusable;
import io.github.metallbdyn6.pool.PoolRelease;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PoolWishes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pools that have lost the annotation by which they are kept. Each is followed until no service
 * moves any more and no restart is owed; then the program takes its annotations off.
 */
final class LeavingPools {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String REMOVE = "remove";

  private final Set<KeptPool> leaving = ConcurrentHashMap.newKeySet();

  void add(KeptPool pool) {
    if (leaving.add(pool)) {
      LOG.info(
          "Pool {} is kept no more: its annotation {} is gone.",
          pool.object,
          PoolWishes.HOST_RANGE);
    }
  }

  void forget(KeptPool pool) {
    leaving.remove(pool);
  }

  /** Releases those that can be released now; a failure is tried again before the next pass. */
  void release(Consumer<KeptPool> released) {
    for (KeptPool pool : leaving) {
      try {
        release(pool, released);
      } catch (KubernetesClientException | PoolUnusable e) {
        LOG.debug("Pool {} is not released yet: {}", pool.object, ClusterFailure.lineOf(e));
      }
    }
  }

  private void release(KeptPool pool, Consumer<KeptPool> released) {
    PoolState now = pool.object.current();
    if (now.wishes().texts().containsKey(PoolWishes.HOST_RANGE)) {
      leaving.remove(pool); // the annotation is back
    } else if (now.retiring().isEmpty() && !now.isReloadPending()) {
      takeOff(pool, REMOVE.equals(now.wishes().texts().get(PoolWishes.RELEASE)));
      leaving.remove(pool);
      released.accept(pool);
    }
  }

  private static void takeOff(KeptPool pool, boolean withoutRange) {
    PoolTraces traces = new PoolTraces(pool.object);
    PoolRelease release = traces.read(withoutRange);
    traces.release(release, release.leaving());
    LOG.info(
        "Pool {} is released, and has {} from now on.",
        pool.object,
        release.addressesWithout(release.leaving()));
  }
}
