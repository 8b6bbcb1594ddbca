package io.github.metallbdyn6.report;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pass.KubernetesEvent;
import io.github.metallbdyn6.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Sends Events in a thread of its own, so that no pass waits for them, and each is tried once: one
 * that is lost is told by the log.
 */
final class EventQueue {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;

  /** How long nothing is sent after a refusal; a Role is not granted any sooner for being asked. */
  private static final Duration PAUSE = Duration.ofHours(1);

  private static final int IDLE_SECONDS = 10;
  private static final int FIRST_REFUSAL = 400;
  private static final int FIRST_SERVER_ERROR = 500;

  private final ThreadPoolExecutor sender;
  private final Explainer explainer;

  /** The refusals that were told already, by reason and status: one line for each. */
  private final Set<String> refused = ConcurrentHashMap.newKeySet();

  private volatile Instant pausedUntil = Instant.MIN;

  /**
   * No thread is started before there is something to tell.
   *
   * @param waiting how many may wait; more are dropped
   * @param explainer says why one could not be sent
   */
  EventQueue(int waiting, Explainer explainer) {
    this.explainer = explainer;
    sender =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            EventQueue::newThread,
            new ThreadPoolExecutor.DiscardPolicy());
    sender.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "metallb-dyn6-events");
    thread.setDaemon(true);
    return thread;
  }

  /** Tells whether Events of this time are sent: none are for an hour after a refusal. */
  boolean isOpen(KubernetesEvent event) {
    return event.at().isAfter(pausedUntil);
  }

  /** Has an Event sent soon. */
  void add(KubernetesEvent event, Runnable create) {
    sender.execute(() -> send(event, create));
  }

  private void send(KubernetesEvent event, Runnable create) {
    if (!isOpen(event)) {
      return;
    }
    try {
      create.run();
    } catch (KubernetesClientException e) {
      if (e.getCode() == FORBIDDEN) {
        pausedUntil = event.at().plus(PAUSE);
        LOG.warn(
            "No Kubernetes Events for the next hour, all else goes on (METALLB_DYN6_EVENTS=false turns them off): {}",
            explainer.reasonOf(e));
      } else {
        LOG.atLevel(isNewRefusal(event, e) ? Level.WARN : Level.DEBUG)
            .log(
                "A Kubernetes Event ({}) is lost, all else goes on: {}",
                event.reason(),
                explainer.reasonOf(e));
      }
    } catch (RuntimeException e) {
      if (LOG.isDebugEnabled()) {
        LOG.debug("Event {} is lost: {}", event.reason(), Redaction.ofTrace(e));
      }
    }
  }

  /** A server that is down or fails is told of by the passes, and heals. */
  private boolean isNewRefusal(KubernetesEvent event, KubernetesClientException e) {
    return e.getCode() >= FIRST_REFUSAL
        && e.getCode() < FIRST_SERVER_ERROR
        && refused.add(event.reason() + e.getCode());
  }

  /** Loses what still waits: a stop does not take longer for it. */
  void close() {
    sender.shutdownNow();
  }
}
