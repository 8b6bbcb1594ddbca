package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pool.PoolWishes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Service;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches all pools of a namespace, and has those kept that carry the annotation {@link
 * PoolWishes#HOST_RANGE}.
 */
public final class AnnotatedPools {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;
  private static final Duration WATCH_RENEWED = Duration.ofMinutes(10);

  /** The pools that the program keeps. */
  public interface Keeper {
    /** Has a pool kept from now on, and returns what hears of it. */
    PoolListener keep(String name);

    /** Returns what hears of a pool, if it is kept. */
    Optional<PoolListener> listener(String name);

    /** Returns what hears of each pool that is kept. */
    Collection<PoolListener> listeners();

    /** Returns the names of the pools that are kept. */
    Collection<String> names();

    /** Has a pool kept no more: it has lost its annotation. */
    void release(String name);

    /** Forgets a pool that is not there any more. */
    void forget(String name);
  }

  private final Keeper keeper;
  private final ApiServer api;
  private final String path;
  private final ObjectWatch watch;
  private boolean warned;

  public AnnotatedPools(KubernetesClient client, String namespace, Keeper keeper) {
    this.keeper = keeper;
    this.api = new ApiServer(client);
    this.path = PoolClient.pathOf(namespace);
    this.watch =
        new ObjectWatch(
            api,
            path,
            PoolObject.FIELDS,
            new Listening(),
            WATCH_RENEWED,
            "metallb-dyn6-watch-pools");
  }

  /**
   * Returns the names of the pools of a namespace that the program has left something in.
   *
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   */
  public static List<String> marked(KubernetesClient client, String namespace) {
    List<String> names = new ArrayList<>();
    String unused =
        new Chunks(new ApiServer(client), PoolClient.pathOf(namespace), PoolObject.FIELDS)
            .list(
                pool -> {
                  if (!PoolObject.tracesIn(pool).isEmpty()) {
                    names.add(pool.name());
                  }
                });
    return names;
  }

  public Service watch() {
    return watch;
  }

  private final class Listening implements ObjectWatch.Listener {
    /** A watch that begins anew does not tell which pools have gone meanwhile; a list does. */
    @Override
    public String begin() {
      if (!keeper.names().isEmpty()) {
        Set<String> gone = new HashSet<>(keeper.names());
        String unused =
            new Chunks(api, path, PoolObject.FIELDS).list(pool -> gone.remove(pool.name()));
        gone.forEach(keeper::forget);
      }
      return "";
    }

    @Override
    public void opened() {
      keeper.listeners().forEach(PoolListener::opened);
    }

    @Override
    public void closed() {
      keeper.listeners().forEach(PoolListener::closed);
    }

    @Override
    public void alive() {
      keeper.listeners().forEach(PoolListener::alive);
    }

    @Override
    public void heard(ObjectReader.Event event) {
      String name = event.object().name();
      if (event.type().equals("DELETED")) {
        keeper.forget(name);
      } else if (event.object().annotations().containsKey(PoolWishes.HOST_RANGE)) {
        listenerOf(name).heard(event);
      } else {
        keeper.listener(name).ifPresent(kept -> kept.heard(event));
        keeper.release(name);
      }
    }

    private PoolListener listenerOf(String name) {
      return keeper.listener(name).orElseGet(() -> kept(name));
    }

    /** The watch runs already: it tells a pool that is new to it that it does. */
    private PoolListener kept(String name) {
      PoolListener listener = keeper.keep(name);
      listener.opened();
      return listener;
    }

    @Override
    public void failed(KubernetesClientException why) {
      if (why.getCode() == FORBIDDEN && !warned) {
        warned = true;
        LOG.warn(
            "No pool is kept: METALLB_DYN6_METALLB_POOL=* needs a Role that allows get, list, watch and patch on ipaddresspools, which the component annotated-pools brings: {}",
            ClusterFailure.textOf(why));
      } else if (why.getCode() != FORBIDDEN) {
        LOG.debug("The watch of all pools is interrupted: {}", ClusterFailure.textOf(why));
      }
    }
  }
}
