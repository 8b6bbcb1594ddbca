package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.pass.KubernetesEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Tells on a service why it does not have the address that it should have, and what the program has
 * changed in what it requests, as a Kubernetes Event.
 */
public final class ServiceEventRecorder extends ServiceSupport implements Consumer<PassEvent> {
  /** More services than this are told of by the log alone. */
  private static final int WAITING = 100;

  /** In all namespaces together, within an hour. */
  private static final int MOST = 200;

  private static final int NAMESPACES = 100;

  private final BiConsumer<ServiceState, KubernetesEvent> events;
  private final EventLimit limit = new EventLimit(MOST);

  /** A namespace with many Events must not silence the others. */
  private final Map<String, EventLimit> limits =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EventLimit> eldest) {
          return size() > NAMESPACES;
        }
      };

  private final EventQueue queue;

  /**
   * Nothing is sent yet.
   *
   * @param events sends one on a service
   * @param explainer says why one could not be sent
   */
  public ServiceEventRecorder(
      BiConsumer<ServiceState, KubernetesEvent> events, Explainer explainer) {
    this.events = events;
    this.queue = new EventQueue(WAITING, explainer);
  }

  @Override
  public void accept(PassEvent what) {
    if (what instanceof HandoverEvent.ServicesLeft left) {
      left.problems().forEach(it -> tell(left, it.service(), it.text(), "AddressNotMoved"));
    } else if (what instanceof HandoverEvent.PinsRepaired repaired) {
      repaired.repairs().forEach(it -> tell(repaired, it.service(), it.text(), "PinRewritten"));
    } else if (what instanceof HandoverEvent.ServicesPinned pinned) {
      pinned
          .services()
          .forEach(it -> tell(pinned, it.service(), it.reason() + ". " + it.advice(), "AtRisk"));
    } else if (what instanceof HandoverEvent.ServicesUnreachable found) {
      found
          .services()
          .forEach(
              it -> tell(found, it.service(), it.reason() + ". " + it.advice(), "Unreachable"));
    }
  }

  private void tell(PassEvent what, ServiceState service, String text, String reason) {
    KubernetesEvent event =
        new KubernetesEvent(
            what.at(),
            KubernetesEvent.Type.Warning,
            reason,
            "MoveService",
            "metallb-dyn6: " + text);
    if (queue.isOpen(event) && isAdmitted(service, event)) {
      queue.add(event, () -> events.accept(service, event));
    }
  }

  private synchronized boolean isAdmitted(ServiceState service, KubernetesEvent event) {
    String what = service.uid() + " " + event.reason() + " " + event.note();
    return limits
            .computeIfAbsent(service.namespace(), key -> new EventLimit())
            .admits(what, event.at())
        && limit.admits(what, event.at());
  }

  @Override
  protected void doStop() {
    queue.close();
  }
}
