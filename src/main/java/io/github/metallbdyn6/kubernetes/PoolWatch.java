package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hears when somebody else changes the pool, so that a pass can put it right at once. */
public final class PoolWatch extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;

  /** A status that a pass meets as well (401, 404), or that passes (410, 429), is not told here. */
  private static final Set<Integer> REFUSALS = Set.of(400, 405, 406, 422);

  private final IpAddressPool pool;
  private final PoolUptake uptake;
  private final Runnable changed;
  private final ObjectWatch watch;
  private boolean warned;
  private PoolObject.@Nullable Content last;

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
    this.watch = pool.watch(new Listening());
  }

  @Override
  protected void doStart() {
    watch.start();
  }

  @Override
  protected void doStop() {
    watch.stop();
  }

  private final class Listening implements ObjectWatch.Listener {
    @Override
    public String begin() {
      return "";
    }

    /** Tells of what others have done; the first news of a pool is how it was found. */
    @Override
    public void heard(ObjectReader.Event event) {
      if (event.type().equals("DELETED")) {
        return;
      }
      ApiObject news = event.object();
      boolean own = pool.ownWrites.contain(news.resourceVersion());
      PoolObject.Content now = PoolObject.Content.of(news);
      boolean differs = last != null && !last.equals(now);
      last = now;
      uptake.heard(news);
      pool.heard(news);
      if (differs && !own) {
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
  }

  private void warnOnce(String reason) {
    if (!warned) {
      warned = true;
      LOG.warn("Edits of pool {} are noticed only with the next pass: {}", pool, reason);
    }
  }
}
