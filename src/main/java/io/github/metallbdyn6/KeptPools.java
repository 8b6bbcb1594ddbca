package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.PoolUnusable;
import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolRules;
import io.github.metallbdyn6.pass.PoolSet;
import io.github.metallbdyn6.routing.ThreadsThatStop;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pools that the program keeps: those that are named, or those that an annotation asks for. */
final class KeptPools implements PerPool<KeptPool>, PoolSet, ServiceListener {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Map<String, KeptPool> pools = new ConcurrentSkipListMap<>();
  private final SharedParts shared;
  private final LeavingPools leaving = new LeavingPools();
  private Consumer<KeptPool> begun = pool -> {};
  private Consumer<KeptPool> ended = pool -> {};
  private @Nullable CamelContext context;
  private @Nullable ScheduledExecutorService placements;
  private volatile boolean servicesAreSeen;

  KeptPools(SharedParts shared) {
    this.shared = shared;
  }

  /**
   * Has these told of pools.
   *
   * @param first takes each pool that is kept from now on, before it is followed
   * @param last takes each pool that is kept no more
   */
  void tell(Consumer<KeptPool> first, Consumer<KeptPool> last) {
    begun = first;
    ended = last;
  }

  /** Runs what the pools need in this context, for as long as it runs. */
  void runIn(CamelContext running) {
    context = running;
    placements = ThreadsThatStop.scheduled("placements", running);
    pools.values().forEach(this::run);
  }

  private void run(KeptPool pool) {
    CamelContext running = context;
    ScheduledExecutorService thread = placements;
    if (running != null && thread != null) {
      pool.runIn(running, thread);
    }
  }

  /** Keeps a pool of the namespace from now on. */
  KeptPool add(String name) {
    KeptPool pool = new KeptPool(shared, name, this::owingRestart);
    begun.accept(pool);
    if (servicesAreSeen) {
      pool.showServices();
    }
    run(pool);
    pools.put(pool.object.toString(), pool);
    return pool;
  }

  /**
   * Reads a pool, as {@link IpAddressPool#read}; a standby takes it as its watch tells, and shows
   * it.
   */
  void read(String pool) {
    boolean leads = shared.leadership().leads();
    find(pool)
        .ifPresent(
            kept -> {
              if (leads) {
                kept.object.read();
              } else {
                kept.show();
              }
            });
  }

  void lead() {
    pools.values().forEach(KeptPool::lead);
  }

  /** Ceases to lead; a pool that cannot be read now is shown later. */
  void standBy() {
    for (KeptPool pool : pools.values()) {
      try {
        pool.standBy();
      } catch (KubernetesClientException | PoolUnusable e) {
        LOG.debug("Pool {} is not shown yet: {}", pool.object, ClusterFailure.lineOf(e));
      }
    }
  }

  /** Tells whether any pool may be followed at present. */
  boolean mayPass() {
    leaving.release(this::remove);
    boolean any = false;
    for (KeptPool pool : pools.values()) {
      any |= pool.levers.mayPass(); // each is asked: before its first pass it is read
    }
    return any;
  }

  private Optional<String> owingRestart() {
    return objects().stream()
        .filter(IpAddressPool::isReloadPending)
        .map(IpAddressPool::toString)
        .findFirst();
  }

  /** Begins to show services: they can be seen. */
  void showServices() {
    servicesAreSeen = true;
    pools.values().forEach(KeptPool::showServices);
  }

  /** Tells whether services can be seen. */
  boolean seesServices() {
    return servicesAreSeen;
  }

  Collection<IpAddressPool> objects() {
    return pools.values().stream().map(pool -> pool.object).toList();
  }

  @Override
  public List<String> pools() {
    return List.copyOf(pools.keySet());
  }

  @Override
  public Optional<KeptPool> find(String pool) {
    return Optional.ofNullable(pools.get(pool));
  }

  /** Where all are paused, a person insists on a pass; then it is for all. */
  @Override
  public List<String> following() {
    List<String> following =
        pools.entrySet().stream()
            .filter(entry -> entry.getValue().follows())
            .map(Map.Entry::getKey)
            .toList();
    return following.isEmpty() ? pools() : following;
  }

  @Override
  public Optional<PoolRules> rulesOf(String pool) {
    return find(pool).flatMap(KeptPool::rules);
  }

  @Override
  public void changed(ServiceState service) {
    pools.values().forEach(pool -> pool.changed(service));
  }

  @Override
  public void gone(String uid) {
    pools.values().forEach(pool -> pool.gone(uid));
  }

  /** Has a pool kept until nothing of the program has to stay on it. */
  void leave(KeptPool pool) {
    leaving.add(pool);
  }

  /** Keeps a pool no more. */
  void remove(KeptPool pool) {
    leaving.forget(pool);
    pools.remove(pool.object.toString());
    ended.accept(pool);
  }
}
