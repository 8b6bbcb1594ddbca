package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.kubernetes.PoolEvent;
import io.github.metallbdyn6.kubernetes.ServiceEvents;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Tells on a service why it does not have the address that it should have, and what the program has
 * changed in what it requests, as a Kubernetes Event.
 */
public final class ServiceEventRecorder extends ServiceSupport implements Consumer<Happening> {
  /** More services than this are told of by the log alone. */
  private static final int WAITING = 100;

  /** In all namespaces together, within an hour. */
  private static final int MOST = 200;

  private static final int NAMESPACES = 100;

  private final ServiceEvents events;
  private final EventLimit limit = new EventLimit(MOST);

  /** A namespace with many Events must not silence the others. */
  private final Map<String, EventLimit> limits =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, EventLimit> eldest) {
          return size() > NAMESPACES;
        }
      };

  private final EventQueue queue = new EventQueue(WAITING);

  /** Sends to these Events. */
  public ServiceEventRecorder(ServiceEvents events) {
    this.events = events;
  }

  @Override
  public void accept(Happening what) {
    if (what instanceof Happening.ServicesLeft left) {
      left.problems().forEach(problem -> tell(left, problem, "AddressNotMoved"));
    } else if (what instanceof Happening.PinsRepaired repaired) {
      repaired.repairs().forEach(repair -> tell(repaired, repair, "PinRewritten"));
    }
  }

  private void tell(Happening what, HandoverPlan.Problem problem, String reason) {
    PoolEvent event =
        new PoolEvent(
            what.at(),
            PoolEvent.Type.Warning,
            reason,
            "MoveService",
            "metallb-dyn6: " + problem.text());
    if (queue.isOpen(event) && isAdmitted(problem, event)) {
      queue.add(event, () -> events.create(problem.service(), event));
    }
  }

  private synchronized boolean isAdmitted(HandoverPlan.Problem problem, PoolEvent event) {
    String what = problem.service().uid() + " " + event.reason() + " " + event.note();
    return limits
            .computeIfAbsent(problem.service().namespace(), key -> new EventLimit())
            .admits(what, event.at())
        && limit.admits(what, event.at());
  }

  @Override
  protected void doStop() {
    queue.close();
  }
}
