package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServicePatch;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.handover.ServiceState.Lasting;
import io.github.metallbdyn6.pass.PoolPass;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The services as they are while some of them move: listed once, then kept up to date by the watch
 * and by the answers to our patches. Empty at all other times.
 */
public final class ServiceCache implements ServiceListener {
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERROR = 500;
  private static final int TRIES = 3;

  /** Status changes come in bursts; each look costs a plan for all services. */
  private static final long BURST_MILLIS = 50;

  private static final long PATIENCE_MILLIS = 1000;

  /** If nothing is heard for so long, the watch may be down. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final LoadBalancerServices services;
  private final Map<String, ServiceState> byUid = new LinkedHashMap<>();
  private final Map<String, Integer> failures = new HashMap<>();
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean open;
  private boolean fresh;
  private long heardAt;

  /** Nothing is asked of the cluster yet. */
  public ServiceCache(LoadBalancerServices services) {
    this.services = services;
  }

  /** Lists the services, as {@link #list}. */
  public PoolPass look(PoolPass pass) {
    return pass.with(pass.handover().heard(list()));
  }

  /** Waits for a change, as {@link #news}. */
  public PoolPass hear(PoolPass pass) throws InterruptedException {
    return pass.with(pass.handover().heard(news()));
  }

  /**
   * Lists all services of type LoadBalancer, in chunks; from now on the watch keeps them up to
   * date.
   *
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   */
  public List<ServiceState> list() {
    List<ServiceState> all = services.list();
    return locked(
        () -> {
          open = true;
          fresh = false;
          heardAt = System.nanoTime();
          byUid.clear();
          failures.clear();
          all.forEach(service -> byUid.put(service.uid(), service));
          return all;
        });
  }

  /**
   * Waits for a change, at most a second, and returns the services as they are then. If nothing was
   * heard for long, they are listed again.
   *
   * @throws InterruptedException when the program stops meanwhile
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   */
  public List<ServiceState> news() throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(BURST_MILLIS);
    lock.lockInterruptibly();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
      while (!fresh && left > 0) {
        left = changed.awaitNanos(left);
      }
      heardAt = fresh ? System.nanoTime() : heardAt;
      fresh = false;
      if (System.nanoTime() - heardAt < SILENCE_NANOS) {
        return List.copyOf(byUid.values());
      }
    } finally {
      lock.unlock();
    }
    return list();
  }

  /**
   * Sends a patch. A service that cannot be patched does not keep others from it: what stands in
   * the way is noted on it. Where the server fails, as when a webhook does not answer, the patch is
   * left to be sent again, a few times.
   *
   * @throws KubernetesClientException when the API server cannot be reached
   */
  public void patch(ServicePatch patch) {
    ServiceState service = patch.service();
    try {
      services.patch(patch).ifPresent(this::changed);
    } catch (KubernetesClientException e) {
      if (e.getCode() <= 0) {
        throw e;
      } else if (e.getCode() < SERVER_ERROR || isTriedEnough(service)) {
        // Only the watch or a list says that a service is gone: on a 404 alone, which a proxy may
        // give, its old range would be taken away from it.
        boolean isOld = e.getCode() == CONFLICT || e.getCode() == NOT_FOUND;
        hinder(service, isOld ? Lasting.A_MOMENT : Lasting.FOR_NOW, ClusterFailure.textOf(e));
      }
    }
  }

  private boolean isTriedEnough(ServiceState service) {
    return locked(() -> failures.merge(service.uid(), 1, Integer::sum) >= TRIES);
  }

  private void hinder(ServiceState service, Lasting lasting, String text) {
    locked(
        () -> {
          @Nullable ServiceState now = byUid.get(service.uid());
          if (now != null && now.resourceVersion().equals(service.resourceVersion())) {
            byUid.put(service.uid(), service.hindered(lasting, text));
          }
          // Where the watch was faster, the newer version is to be looked at.
          signal();
          return Optional.empty();
        });
  }

  /** Takes up a service as it is now, unless a newer version is known. */
  @Override
  public void changed(ServiceState service) {
    locked(
        () -> {
          @Nullable ServiceState known = byUid.get(service.uid());
          if (open
              && (known == null
                  || Versions.isNewer(service.resourceVersion(), known.resourceVersion()))) {
            byUid.put(service.uid(), service);
            signal();
          }
          return Optional.empty();
        });
  }

  /** Takes a service off that was deleted, or is no LoadBalancer any more. */
  @Override
  public void gone(String uid) {
    locked(
        () -> {
          if (byUid.remove(uid) != null) {
            signal();
          }
          return Optional.empty();
        });
  }

  /** Ends the looking: nothing is kept until the next {@link #list}. */
  public void close() {
    locked(
        () -> {
          open = false;
          byUid.clear();
          return Optional.empty();
        });
  }

  private void signal() {
    fresh = true;
    changed.signalAll();
  }

  private <T> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }
}
