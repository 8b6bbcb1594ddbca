package io.github.metallbdyn6.report;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.PoolEvent;
import io.github.metallbdyn6.kubernetes.PoolEvents;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells on the pool what happens, as Kubernetes Events. They are sent by a thread of their own, so
 * that no pass waits for them, and each is tried once: one that is lost is told by the log, too.
 */
public final class EventRecorder extends ServiceSupport implements Consumer<Happening> {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;

  /** How long nothing is sent after a refusal; a Role is not granted any sooner for being asked. */
  private static final Duration PAUSE = Duration.ofHours(1);

  private static final int WAITING = 10;
  private static final int IDLE_SECONDS = 10;

  private final PoolEvents events;
  private final EventLimit limit = new EventLimit();
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          EventRecorder::newThread,
          new ThreadPoolExecutor.DiscardPolicy());

  private volatile Instant pausedUntil = Instant.MIN;

  /** Sends to these Events; no thread is started before there is something to tell. */
  public EventRecorder(PoolEvents events) {
    this.events = events;
    sender.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "metallb-dyn6-events");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void accept(Happening what) {
    EventRule.eventOf(what)
        .filter(event -> event.at().isAfter(pausedUntil))
        .filter(event -> limit.admits(EventRule.kindOf(what), event.at()))
        .ifPresent(event -> sender.execute(() -> send(event)));
  }

  private void send(PoolEvent event) {
    if (!event.at().isAfter(pausedUntil)) {
      return;
    }
    try {
      events.create(event);
    } catch (KubernetesClientException e) {
      if (e.getCode() == FORBIDDEN) {
        pausedUntil = event.at().plus(PAUSE);
        LOG.warn(
            "No Kubernetes Events for the next hour, all else goes on (METALLB_DYN6_EVENTS=false turns them off): {}",
            ClusterFailure.explain(e));
      } else {
        LOG.debug("Event {} is lost: {}", event.reason(), ClusterFailure.explain(e));
      }
    } catch (RuntimeException e) {
      LOG.debug("Event {} is lost", event.reason(), e);
    }
  }

  /** Loses what still waits: a stop does not take longer for it. */
  @Override
  protected void doStop() {
    sender.shutdownNow();
  }
}
