package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.kubernetes.AnnotatedPools;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.PoolListener;
import io.github.metallbdyn6.pool.PoolWishes;
import java.util.Collection;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the program keep the pools that an annotation asks for. */
final class AnnotatedPoolKeeper implements AnnotatedPools.Keeper {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final SharedParts shared;
  private final KeptPools pools;

  AnnotatedPoolKeeper(SharedParts shared, KeptPools pools) {
    this.shared = shared;
    this.pools = pools;
  }

  @Override
  public PoolListener keep(String name) {
    KeptPool pool = pools.add(name);
    LOG.info(
        "Pool {} is kept from now on, as its annotation {} asks for.",
        pool.object,
        PoolWishes.HOST_RANGE);
    shared.passes().afterwards(() -> tellOfServices(pool));
    shared.passes().soon();
    return pool.listener;
  }

  /** The watch has told of services before there was this pool, and does not repeat itself. */
  private void tellOfServices(KeptPool pool) {
    try {
      if (pools.seesServices()) {
        shared.services().list().forEach(pool::changed);
      }
    } catch (KubernetesClientException e) {
      LOG.debug(
          "Services of pool {} show when they change: {}", pool.object, ClusterFailure.textOf(e));
    }
  }

  @Override
  public Optional<PoolListener> listener(String name) {
    return named(name).map(pool -> pool.listener);
  }

  @Override
  public Collection<PoolListener> listeners() {
    return pools.all().stream().map(pool -> pool.listener).toList();
  }

  @Override
  public Collection<String> names() {
    return pools.all().stream().map(pool -> pool.object.name()).toList();
  }

  @Override
  public void release(String name) {
    named(name).ifPresent(pools::leave);
    shared.passes().soon();
  }

  @Override
  public void forget(String name) {
    shared
        .passes()
        .afterwards(
            () ->
                named(name)
                    .ifPresent(
                        pool -> {
                          pools.remove(pool);
                          LOG.info("Pool {} is kept no more: it was deleted.", pool.object);
                        }));
  }

  private Optional<KeptPool> named(String name) {
    return pools.find(shared.namespace() + "/" + name);
  }
}
