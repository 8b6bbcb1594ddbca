package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears when somebody else changes the pool, so that a pass can put it right at once. While nothing
 * happens it costs a connection, and no thread. The client resumes a watch that breaks; one that
 * cannot be resumed is opened anew, ever more seldom while that fails.
 */
public final class PoolWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String OURS = "metallb-dyn6/";
  private static final int FORBIDDEN = 403;

  /** A status that a pass meets as well (401, 404), or that passes (410, 429), is not told here. */
  private static final Set<Integer> REFUSALS = Set.of(400, 405, 406, 422);

  private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** What a pass looks at; that MetalLB keeps its status in the same object is no change. */
  private record Content(@Nullable Object addresses, Map<String, String> annotations) {
    static Content of(GenericKubernetesResource pool) {
      Object spec = pool.getAdditionalProperties().get("spec");
      Map<String, String> annotations =
          Objects.requireNonNullElse(pool.getMetadata().getAnnotations(), Map.of());
      return new Content(
          spec instanceof Map<?, ?> fields ? fields.get("addresses") : null,
          annotations.entrySet().stream()
              .filter(annotation -> annotation.getKey().startsWith(OURS))
              .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
  }

  private final IpAddressPool pool;
  private final PoolUptake uptake;
  private final Runnable changed;
  private final ScheduledThreadPoolExecutor opener;
  private Duration pause = SHORTEST_PAUSE;
  private boolean warned;
  private boolean stopped;
  private @Nullable Watch watch;
  private @Nullable Content last;

  /**
   * Prepares the watch; it begins when the context starts it.
   *
   * @param uptake hears of every state of the pool
   * @param changed what is done when somebody else has changed the pool
   */
  public PoolWatch(IpAddressPool pool, PoolUptake uptake, Runnable changed) {
    this.pool = pool;
    this.uptake = uptake;
    this.changed = changed;
    opener = new ScheduledThreadPoolExecutor(1, PoolWatch::newThread);
    opener.setKeepAliveTime(1, TimeUnit.SECONDS);
    opener.allowCoreThreadTimeOut(true);
    opener.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "metallb-dyn6-watch-pool");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  protected void doStart() {
    opener.execute(this::open);
  }

  private void open() {
    try {
      keep(pool.pools().withName(pool.name).watch(new Listening()));
    } catch (KubernetesClientException e) {
      again(e);
    } catch (RuntimeException e) {
      LOG.debug("The watch of the pool cannot be opened", e);
      again(null);
    }
  }

  private synchronized void keep(Watch opened) {
    if (stopped) {
      opened.close();
    } else {
      watch = opened;
    }
  }

  /** What is not allowed is said once: everything goes on without, only later. */
  private synchronized void again(@Nullable KubernetesClientException failure) {
    if (stopped) {
      return;
    }
    if (failure != null && failure.getCode() == FORBIDDEN) {
      pause = LONGEST_PAUSE;
      warnOnce(
          "a Role must allow verb \"watch\" on resource \"ipaddresspools\" in apiGroup \"metallb.io\"");
    } else if (failure != null && REFUSALS.contains(failure.getCode())) {
      warnOnce(ClusterFailure.explain(failure));
    }
    Future<?> unused = opener.schedule(this::open, pause.toMillis(), TimeUnit.MILLISECONDS);
    Duration longer = pause.multipliedBy(2);
    pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  private void warnOnce(String reason) {
    if (!warned) {
      warned = true;
      LOG.warn("Edits of pool {} are noticed only with the next check: {}", pool, reason);
    }
  }

  @Override
  protected void doStop() {
    @Nullable Watch open;
    synchronized (this) {
      stopped = true;
      open = watch;
      watch = null;
    }
    opener.shutdownNow();
    if (open != null) {
      open.close();
    }
  }

  /** Tells of what others have done; the first news of a pool is how it was found. */
  private void heard(GenericKubernetesResource news) {
    String version = String.valueOf(news.getMetadata().getResourceVersion());
    boolean own = pool.ownWrites.contain(version);
    Content now = Content.of(news);
    boolean differs;
    synchronized (this) {
      differs = last != null && !last.equals(now);
      last = now;
      pause = SHORTEST_PAUSE;
    }
    uptake.heard(news);
    if (differs && !own) {
      changed.run();
    }
  }

  private final class Listening implements Watcher<GenericKubernetesResource> {
    @Override
    public void eventReceived(Action action, GenericKubernetesResource news) {
      if (action == Action.ADDED || action == Action.MODIFIED) {
        heard(news);
      }
    }

    @Override
    public void onClose(WatcherException cause) {
      again(cause.asClientException());
    }
  }
}
