package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import org.apache.camel.Service;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears what the API server says of a pool, and has a pass begin when somebody else changes it. */
public final class PoolListener implements ObjectWatch.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;

  /** A status that a pass meets as well (401, 404), or that passes (410, 429), is not told here. */
  private static final Set<Integer> REFUSALS = Set.of(400, 405, 406, 422);

  private final PoolClient pool;
  private final PoolUptake uptake;
  private final Runnable changed;
  private boolean warned;
  private PoolObject.@Nullable Content last;

  /**
   * Listens for this pool.
   *
   * @param uptake hears of every state of the pool
   * @param changed what is done when somebody else has changed the pool
   */
  public PoolListener(IpAddressPool pool, PoolUptake uptake, Runnable changed) {
    this.pool = pool.client;
    this.uptake = uptake;
    this.changed = changed;
  }

  /** Returns the watch that tells of the pool, for a pool that is named. */
  public Service watch() {
    return pool.watch(this);
  }

  @Override
  public String begin() {
    return "";
  }

  @Override
  public void opened() {
    pool.cache.opened();
  }

  @Override
  public void closed() {
    pool.cache.closed();
  }

  @Override
  public void alive() {
    pool.cache.alive();
  }

  /** Tells of what others have done; the first news of a pool is how it was found. */
  @Override
  public void heard(ObjectReader.Event event) {
    if (event.type().equals("DELETED")) {
      pool.cache.gone();
      return;
    }
    ApiObject news = event.object();
    if (event.type().equals("ADDED")) {
      pool.cache.read(news);
    } else {
      pool.cache.heard(news);
    }
    boolean own = pool.ownWrites.contain(news.resourceVersion());
    PoolObject.Content now = PoolObject.Content.of(news);
    boolean differs = last != null && !last.equals(now);
    last = now;
    uptake.heard(news);
    pool.heard(news);
    if (differs && !own) {
      LOG.debug("Somebody else has changed pool {}: a pass begins at once", pool);
      changed.run();
    }
  }

  /** Everything goes on without, only later; so it is said once. */
  @Override
  public void failed(KubernetesClientException why) {
    if (why.getCode() == FORBIDDEN) {
      warnOnce(
          "a Role must allow verb \"watch\" on resource \"ipaddresspools\" in apiGroup \"metallb.io\"");
    } else if (REFUSALS.contains(why.getCode())) {
      warnOnce(ClusterFailure.textOf(why));
    }
  }

  private void warnOnce(String reason) {
    if (!warned) {
      warned = true;
      LOG.warn("Edits of pool {} are noticed only with the next pass: {}", pool, reason);
    }
  }
}
