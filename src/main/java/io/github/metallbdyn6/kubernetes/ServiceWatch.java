package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.github.metallbdyn6.handover.ServiceState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every change of a service, and at its beginning of every service that there is. The
 * client resumes a broken watch by itself; one that cannot be resumed begins anew.
 */
public final class ServiceWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int AGAIN_SECONDS = 5;

  private final LoadBalancerServices services;
  private final List<ServiceListener> listeners;
  private final ScheduledExecutorService opener;
  private @Nullable Watch watch;
  private boolean wanted;

  /**
   * Nothing is watched before {@link #open}.
   *
   * @param listeners who is told
   */
  public ServiceWatch(LoadBalancerServices services, List<ServiceListener> listeners) {
    this.services = services;
    this.listeners = List.copyOf(listeners);
    ScheduledThreadPoolExecutor one = new ScheduledThreadPoolExecutor(1, ServiceWatch::newThread);
    one.setKeepAliveTime(AGAIN_SECONDS, TimeUnit.SECONDS);
    one.allowCoreThreadTimeOut(true);
    this.opener = one;
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "metallb-dyn6-watch");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to watch, once; it goes on until the program stops. */
  public synchronized void open() {
    if (!wanted && !opener.isShutdown()) {
      wanted = true;
      opener.execute(this::watch);
    }
  }

  private void watch() {
    try {
      Watch opened = services.watch(new Listening());
      keep(opened);
    } catch (KubernetesClientException e) {
      LOG.debug("The watch of services cannot be opened: {}", ClusterFailure.explain(e));
      again();
    }
  }

  private synchronized void keep(Watch opened) {
    if (wanted) {
      watch = opened;
    } else {
      opened.close();
    }
  }

  private synchronized void again() {
    if (wanted && !opener.isShutdown()) {
      Future<?> unused = opener.schedule(this::watch, AGAIN_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  protected void doStop() {
    @Nullable Watch last;
    synchronized (this) {
      wanted = false;
      last = watch;
      watch = null;
    }
    opener.shutdownNow();
    if (last != null) {
      last.close();
    }
  }

  private final class Listening implements Watcher<GenericKubernetesResource> {
    @Override
    public void eventReceived(Action action, GenericKubernetesResource service) {
      if (action == Action.BOOKMARK || action == Action.ERROR) {
        return;
      }
      Optional<ServiceState> state =
          action == Action.DELETED ? Optional.empty() : services.read(service);
      if (state.isPresent()) {
        listeners.forEach(listener -> listener.changed(state.get()));
      } else if (service.getMetadata().getUid() != null) {
        listeners.forEach(listener -> listener.gone(service.getMetadata().getUid()));
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      LOG.debug("The watch of services ended: {}", cause.getMessage());
      again();
    }
  }
}
