package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.lease.NotLeading;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
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
  private static final long IDLE_SECONDS = 10;

  private final PoolClient pool;
  private final Set<String> refused = new HashSet<>();
  private volatile @Nullable ExecutorService thread;

  OrderWriter(PoolClient pool) {
    this.pool = pool;
  }

  /** Writes for as long as this context runs. */
  void runIn(CamelContext context) {
    thread =
        context
            .getExecutorServiceManager()
            .newThreadPool(
                this,
                "orders",
                new ThreadPoolProfileBuilder("orders")
                    .poolSize(1)
                    .maxPoolSize(1)
                    .keepAliveTime(IDLE_SECONDS)
                    .maxQueueSize(WAITING)
                    .allowCoreThreadTimeOut(true)
                    .rejectedPolicy(ThreadPoolRejectedPolicy.Abort)
                    .build());
  }

  /** Does something soon. */
  void soon(Runnable work) {
    ExecutorService executor = thread;
    try {
      if (executor != null) {
        executor.execute(work);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("An order waits until it is heard of again");
    }
  }

  /** Has an annotation say something else, in this version of the pool. */
  void replace(String annotation, String text, String version) {
    soon(() -> tryTo("write", AnnotationPatch.set(annotation, text, version)));
  }

  /** Removes an annotation unless it says something else by now. */
  void remove(String annotation, String text) {
    soon(() -> tryTo("remove", AnnotationPatch.removeIf(annotation, text)));
  }

  /** Removes annotations from this version of the pool, and tells whether they are gone. */
  boolean remove(List<String> annotations, String version) {
    return tryTo("remove", AnnotationPatch.remove(annotations, version));
  }

  /** A pool that has changed meanwhile, or an API server that is down, is heard of again. */
  private boolean tryTo(String what, AnnotationPatch patch) {
    try {
      pool.annotate(patch);
      return true;
    } catch (NotLeading e) {
      return false; // the order is for the replica that leads
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
