package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every change of some objects, in a thread of its own. A watch that ends is resumed where
 * it ended; one that cannot be resumed, since the API server has forgotten that version, begins
 * anew.
 */
final class ObjectWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;
  private static final int GONE = 410;

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A Role is not granted any sooner for being asked. */
  private static final Duration PAUSE_WHILE_FORBIDDEN = Duration.ofMinutes(10);

  /** Takes the news; it must not wait for anything. */
  interface Listener {
    /** Returns the version to go on from; empty to hear of all that is there first. */
    String begin();

    /** Hears that the watch has begun, or goes on after a gap. */
    default void opened() {}

    /** Hears that the watch has ended; it goes on after a while. */
    default void closed() {}

    /** Hears that nothing has happened, and that the watch is alive. */
    default void alive() {}

    /** Hears that an object was added, modified or deleted. */
    void heard(ObjectReader.Event event);

    /** Hears why the watch does not go on at present. */
    void failed(KubernetesClientException why);
  }

  private final ApiServer api;
  private final String path;
  private final Fields fields;
  private final Listener listener;
  private final Duration longest;
  private final Thread thread;
  private volatile boolean stopped;
  private @Nullable String version;
  private Duration pause = SHORTEST_PAUSE;

  /**
   * Nothing is watched before {@link #start}.
   *
   * @param path of the list of the objects, with its selectors
   * @param longest after which time the API server ends the watch, so that a connection that is
   *     dead shows
   * @param name of the thread
   */
  ObjectWatch(
      ApiServer api, String path, Fields fields, Listener listener, Duration longest, String name) {
    this.api = api;
    this.path = path + (path.contains("?") ? "&" : "?");
    this.fields = fields;
    this.listener = listener;
    this.longest = longest;
    this.thread = new Thread(this::run, name);
    thread.setDaemon(true);
  }

  @Override
  protected void doStart() {
    thread.start();
  }

  @Override
  protected void doStop() {
    stopped = true;
    thread.interrupt();
  }

  private void run() {
    while (!stopped) {
      try {
        follow();
      } catch (KubernetesClientException e) {
        fail(e);
      } catch (IOException e) {
        fail(ApiServer.brokenOff(e));
      } catch (RuntimeException e) {
        LOG.debug("A watch is interrupted", e);
      }
      rest();
    }
  }

  private void follow() throws IOException {
    String from = version == null ? listener.begin() : version;
    version = from;
    try (InputStream events = api.open(path + query(from))) {
      listener.opened();
      read(events);
    } finally {
      listener.closed();
    }
    pause = SHORTEST_PAUSE;
  }

  /** A reader does not begin before the first event, which may take hours. */
  private void read(InputStream answer) throws IOException {
    try (ObjectReader events = new ObjectReader(answer, fields)) {
      Optional<ObjectReader.Event> event = events.event();
      while (event.isPresent()) {
        take(event.get());
        event = events.event();
      }
    }
  }

  private String query(String from) {
    return "watch=true&allowWatchBookmarks=true&timeoutSeconds=%d%s"
        .formatted(longest.toSeconds(), from.isEmpty() ? "" : "&resourceVersion=" + from);
  }

  private void take(ObjectReader.Event event) {
    if (event.type().equals("ERROR")) {
      version = null;
      int code = event.object().number("/code").orElse(0L).intValue();
      throw new KubernetesClientException(event.object().text("/message"), code, null);
    }
    version = event.object().resourceVersion();
    pause = SHORTEST_PAUSE;
    if (event.type().equals("BOOKMARK")) {
      listener.alive();
    } else {
      listener.heard(event);
    }
  }

  private void fail(KubernetesClientException why) {
    if (stopped) {
      return;
    }
    LOG.debug("A watch is interrupted: {}", ClusterFailure.textOf(why));
    if (why.getCode() == GONE) {
      version = null;
    } else if (why.getCode() == FORBIDDEN) {
      pause = PAUSE_WHILE_FORBIDDEN;
    }
    listener.failed(why);
  }

  private void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      stopped = true;
    }
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }
}
