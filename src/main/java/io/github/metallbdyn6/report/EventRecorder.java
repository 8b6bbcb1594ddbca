package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.KubernetesEvent;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;

/** Tells on the pool what happens, as Kubernetes Events. */
public final class EventRecorder extends ServiceSupport implements Consumer<PassEvent> {
  private static final int WAITING = 10;

  private final Consumer<KubernetesEvent> events;
  private final EventLimit limit = new EventLimit();
  private final EventQueue queue;

  /**
   * Nothing is sent yet.
   *
   * @param events sends one
   * @param explainer says why one could not be sent
   */
  public EventRecorder(Consumer<KubernetesEvent> events, Explainer explainer) {
    this.events = events;
    this.queue = new EventQueue(WAITING, explainer);
  }

  @Override
  public void accept(PassEvent what) {
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
