package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.KubernetesEvent;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;

/** Tells on pools what happens, as Kubernetes Events. */
public final class EventRecorder extends ServiceSupport {
  /** A change of the prefix is told on every pool at the same time. */
  private static final int WAITING = 100;

  private final EventQueue queue;

  /**
   * Nothing is sent yet.
   *
   * @param explainer says why one could not be sent
   */
  public EventRecorder(Explainer explainer) {
    this.queue = new EventQueue(WAITING, explainer);
  }

  /**
   * Returns what tells on one pool.
   *
   * @param events sends an Event on it
   */
  public Consumer<PassEvent> on(Consumer<KubernetesEvent> events) {
    EventLimit limit = new EventLimit();
    return what -> tell(what, limit, events);
  }

  private void tell(PassEvent what, EventLimit limit, Consumer<KubernetesEvent> events) {
    EventRule.eventOf(what)
        .filter(queue::isOpen)
        .filter(event -> limit.admits(EventRule.kindOf(what), event.at()))
        .ifPresent(event -> queue.add(event, () -> events.accept(event)));
  }

  @Override
  protected void doStop() {
    queue.close();
  }
}
