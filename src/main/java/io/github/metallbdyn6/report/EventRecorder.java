package io.github.metallbdyn6.report;

import io.github.metallbdyn6.kubernetes.PoolEvents;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;

/** Tells on the pool what happens, as Kubernetes Events. */
public final class EventRecorder extends ServiceSupport implements Consumer<Happening> {
  private static final int WAITING = 10;

  private final PoolEvents events;
  private final EventLimit limit = new EventLimit();
  private final EventQueue queue = new EventQueue(WAITING);

  /** Sends to these Events. */
  public EventRecorder(PoolEvents events) {
    this.events = events;
  }

  @Override
  public void accept(Happening what) {
    EventRule.eventOf(what)
        .filter(queue::isOpen)
        .filter(event -> limit.admits(EventRule.kindOf(what), event.at()))
        .ifPresent(event -> queue.add(event, () -> events.create(event)));
  }

  @Override
  protected void doStop() {
    queue.close();
  }
}
