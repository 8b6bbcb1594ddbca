package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServiceState;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Hears of every change of a service, and at its beginning of every service that there is. After a
 * gap it compares: a service that has gone meanwhile is told of, too.
 */
public final class ServiceWatch extends ServiceSupport {
  private final LoadBalancerServices services;
  private final List<ServiceListener> listeners;
  private final ObjectWatch watch;
  private final Crowd known = new Crowd(Crowd.MOST);
  private boolean wanted;

  /**
   * Nothing is watched before {@link #open}.
   *
   * @param listeners who is told
   */
  public ServiceWatch(LoadBalancerServices services, List<ServiceListener> listeners) {
    this.services = services;
    this.listeners = List.copyOf(listeners);
    this.watch = services.watch(new Listening());
  }

  /** Begins to watch, once; it goes on until the program stops. */
  public synchronized void open() {
    if (!wanted) {
      wanted = true;
      watch.start();
    }
  }

  @Override
  protected void doStop() {
    watch.stop();
  }

  private void changed(ServiceState service) {
    Optional<String> leaving = known.add(service.uid(), service.namespace());
    leaving.filter(uid -> !uid.equals(service.uid())).ifPresent(this::tellGone);
    if (leaving.filter(service.uid()::equals).isEmpty()) {
      listeners.forEach(listener -> listener.changed(service));
    }
  }

  /** Most services are of another type, and nobody cares what becomes of those. */
  private void gone(String uid) {
    if (known.remove(uid)) {
      tellGone(uid);
    }
  }

  private void tellGone(String uid) {
    listeners.forEach(listener -> listener.gone(uid));
  }

  private final class Listening implements ObjectWatch.Listener {
    @Override
    public String begin() {
      Set<String> gone = new HashSet<>(known.uids());
      String version =
          services.list(
              service -> {
                gone.remove(service.uid());
                changed(service);
              });
      gone.forEach(ServiceWatch.this::gone);
      return version;
    }

    @Override
    public void heard(ObjectReader.Event event) {
      Optional<ServiceState> state =
          event.type().equals("DELETED") ? Optional.empty() : ServiceReader.read(event.object());
      state.ifPresentOrElse(ServiceWatch.this::changed, () -> gone(event.object().uid()));
    }

    /** A pass, which lists services by itself, says why. */
    @Override
    public void failed(KubernetesClientException why) {}
  }
}
