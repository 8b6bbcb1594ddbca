package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Changes the annotations in which people order something, in a thread of its own: neither a watch
 * nor a pass waits for that.
 */
final class OrderWriter {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final int FORBIDDEN = 403;
  private static final int WAITING = 16;
  private static final int IDLE_SECONDS = 10;

  private final IpAddressPool pool;
  private final Set<String> refused = new HashSet<>();
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          OrderWriter::newThread,
          new ThreadPoolExecutor.DiscardPolicy()); // whatever is there is heard of again

  OrderWriter(IpAddressPool pool) {
    this.pool = pool;
    thread.allowCoreThreadTimeOut(true);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "metallb-dyn6-orders");
    thread.setDaemon(true);
    return thread;
  }

  /** Does something soon. */
  void soon(Runnable work) {
    thread.execute(work);
  }

  /** Has an annotation say something else, in this version of the pool. */
  void replace(String annotation, String text, String version) {
    Map<String, Object> metadata =
        Map.of("resourceVersion", version, "annotations", Map.of(annotation, text));
    soon(() -> tryTo("write", PatchType.JSON_MERGE, Map.of("metadata", metadata)));
  }

  /** Removes an annotation unless it says something else by now. */
  void remove(String annotation, String text) {
    String path = ApiObject.annotation(annotation);
    List<?> patch =
        List.of(
            Map.of("op", "test", "path", path, "value", text),
            Map.of("op", "remove", "path", path));
    soon(() -> tryTo("remove", PatchType.JSON, patch));
  }

  /** Removes annotations from this version of the pool, and tells whether they are gone. */
  boolean remove(List<String> annotations, String version) {
    Map<String, Object> metadata =
        Map.of("resourceVersion", version, "annotations", without(annotations));
    return tryTo("remove", PatchType.JSON_MERGE, Map.of("metadata", metadata));
  }

  /**
   * Removes an annotation, whatever else has changed.
   *
   * @throws KubernetesClientException as {@link IpAddressPool#read}
   */
  void removeNow(String annotation) {
    Map<String, Object> metadata = Map.of("annotations", without(List.of(annotation)));
    pool.annotate(PatchType.JSON_MERGE, Json.text(Map.of("metadata", metadata)));
  }

  /** RFC 7386: null removes. */
  private static Map<String, @Nullable Object> without(List<String> annotations) {
    Map<String, @Nullable Object> gone = new HashMap<>();
    annotations.forEach(name -> gone.put(name, null));
    return gone;
  }

  /** A pool that has changed meanwhile, or an API server that is down, is heard of again. */
  private boolean tryTo(String what, PatchType type, Object patch) {
    try {
      pool.annotate(type, Json.text(patch));
      return true;
    } catch (KubernetesClientException e) {
      boolean news = e.getCode() == FORBIDDEN && refused.add(what);
      LOG.atLevel(news ? Level.WARN : Level.DEBUG)
          .log(
              "The program cannot {} an order in pool {}: {}",
              what,
              pool,
              ClusterFailure.textOf(e));
      return false;
    }
  }
}
