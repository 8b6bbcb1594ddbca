package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears the orders that people write into the pool's annotations, from whatever the API server says
 * of the pool: its watch, and what passes read. No request is sent to look for them.
 *
 * <p>An order for once is taken away before it is carried out: so it is carried out once.
 */
public final class PoolLevers {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final List<String> ONCE = List.of(PoolOrders.CHECK_NOW, PoolOrders.FORGET_CHANGES);

  /** A pool with more of them has other trouble than a slip. */
  private static final int MOST_UNKNOWN = 5;

  private final PoolClient pool;
  private final PoolOrders orders;
  private final boolean dryRun;
  private final OrderWriter writer;
  private final PauseLever pause;
  private final Set<String> takenDry = new HashSet<>();
  private final Set<String> toldUnknown = new HashSet<>();
  private volatile boolean heard;

  /**
   * Listens to what is heard of the pool.
   *
   * @param dryRun whether the annotations are left as they are
   */
  public PoolLevers(IpAddressPool pool, PoolOrders orders, Clock clock, boolean dryRun) {
    this.pool = pool.client;
    this.orders = orders;
    this.dryRun = dryRun;
    writer = new OrderWriter(this.pool);
    pause = new PauseLever(orders, clock, writer, dryRun);
    this.pool.tellOfStates(this::hear);
  }

  /** Carries orders out for as long as this context runs. */
  public void runIn(CamelContext context) {
    writer.runIn(context);
  }

  /**
   * Tells whether a pass may begin. Before the first one the pool is read, unless its watch was
   * faster; and while it says that passes are paused, since where no watch is allowed nothing else
   * would tell the end.
   */
  public boolean mayPass() {
    if (!heard || pause.isPulled()) {
      readPool();
    }
    return !pause.isPulled();
  }

  /** Has the pool read before the next pass: orders in it were another replica's to carry out. */
  public void hearAgain() {
    heard = false;
  }

  /** Tells whether the pool was last heard to say that passes are paused. */
  public boolean isPaused() {
    return pause.isPulled();
  }

  /** A pool that cannot be read is the trouble of the pass. */
  private void readPool() {
    try {
      pool.read();
    } catch (KubernetesClientException | PoolUnusable e) {
      LOG.debug("The pool cannot be asked for orders: {}", ClusterFailure.lineOf(e));
    }
  }

  /**
   * Forgets the changes of the last hour, by which the next one may be held, and goes on.
   *
   * @throws KubernetesClientException as {@link IpAddressPool#read}
   */
  public void forgetChanges() {
    if (!dryRun) {
      pool.annotate(AnnotationPatch.remove(PoolState.RECENT_CHANGES));
      orders.changesForgotten();
    }
  }

  private void hear(ApiObject news) {
    heard = true;
    tellUnknown(PoolObject.unknownIn(news));
    Map<String, String> annotations = news.annotations();
    pause.hear(annotations.get(PauseOrder.ANNOTATION), news.resourceVersion());
    List<String> once = ONCE.stream().filter(annotations::containsKey).toList();
    if (dryRun) {
      carryOutDry(once);
    } else if (!once.isEmpty()) {
      writer.soon(() -> carryOut(once, news.resourceVersion()));
    }
  }

  /** Most likely it is misspelled, and somebody waits for its effect. */
  private synchronized void tellUnknown(Map<String, String> unknown) {
    toldUnknown.retainAll(unknown.keySet());
    unknown.forEach(
        (name, question) -> {
          if (toldUnknown.size() < MOST_UNKNOWN && toldUnknown.add(name)) {
            orders.refused(
                "%s of the pool means nothing to the program; %s".formatted(name, question));
          }
        });
  }

  private void carryOut(List<String> once, String version) {
    boolean forget = once.contains(PoolOrders.FORGET_CHANGES);
    List<String> gone = new ArrayList<>(once);
    if (forget) {
      gone.add(PoolState.RECENT_CHANGES);
    }
    if (!writer.remove(gone, version)) {
      return;
    }
    if (forget) {
      orders.changesForgotten();
    } else {
      orders.checkNow();
    }
  }

  /** A dry run takes nothing away, and hears of the same order again. */
  private synchronized void carryOutDry(List<String> once) {
    takenDry.retainAll(once);
    if (once.contains(PoolOrders.CHECK_NOW) && takenDry.add(PoolOrders.CHECK_NOW)) {
      orders.checkNow();
    }
  }
}
