package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PoolWishes;
import io.github.metallbdyn6.pool.Retirement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code IPAddressPool} (metallb.io/v1beta1) that this program keeps.
 *
 * <p>A bean, since camel-kubernetes' producers cannot do this: their get drops the metadata, and
 * they have no patch.
 */
public final class IpAddressPool {
  private static final int CONFLICT = 409;
  private static final int MOST_CONFLICTS = 5;

  /** The API server's status for a JSON patch whose test failed. */
  private static final int TEST_FAILED = 422;

  final PoolClient client;

  /** Names the pool; nothing is asked of the cluster yet. */
  public IpAddressPool(KubernetesClient client, String namespace, String name) {
    this(client, namespace, name, Leadership.ALONE);
  }

  /**
   * Names the pool; nothing is asked of the cluster yet.
   *
   * @param leadership while this replica does not lead, it changes nothing in the pool
   */
  public IpAddressPool(
      KubernetesClient client, String namespace, String name, Leadership leadership) {
    this.client = new PoolClient(client, namespace, name, leadership);
  }

  /**
   * Reads the live pool.
   *
   * @throws PoolUnusable when there is no such pool, MetalLB is not installed, or {@code
   *     spec.addresses} is not a list of strings
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   */
  public PoolState read() {
    return PoolObject.stateOf(client.read());
  }

  /**
   * Returns the live pool, without a request where its watch is sure to tell of every change.
   *
   * @throws PoolUnusable as {@link #read}
   * @throws KubernetesClientException as {@link #read}
   */
  public PoolState current() {
    return client.cache.current().map(PoolObject::stateOf).orElseGet(this::read);
  }

  /**
   * Sends the plan in one merge patch, guarded by the version. MetalLB writes its own status into
   * the same object, above all while services move: when only that has changed, what was planned
   * still holds, and is sent for the new version.
   *
   * @param mark the reload mark to leave, if a reload is owed
   * @return the pool as the API server has it now
   * @throws KubernetesClientException as {@link #read}; 409 when somebody has changed it otherwise
   *     since it was read
   */
  public PoolState patch(PoolPlan plan, Optional<String> mark) {
    PoolPlan now = plan;
    for (int conflicts = 0; ; conflicts++) {
      try {
        return sendWithPending(now, mark);
      } catch (KubernetesClientException e) {
        if (e.getCode() != CONFLICT || conflicts == MOST_CONFLICTS) {
          throw e;
        }
        now = plan.on(read());
        if (!plan.current().isStill(now.current())) {
          throw e;
        }
      }
    }
  }

  private PoolState sendWithPending(PoolPlan plan, Optional<String> mark) {
    Map<String, String> pending = client.pending.get();
    Map<String, String> told = client.pendingRecord.get();
    Map<String, String> both = new HashMap<>(told);
    both.putAll(pending);
    PoolState patched = send(PatchType.JSON_MERGE, Json.text(plan.patch(mark, both)));
    client.pending.written(pending);
    client.pendingRecord.written(told);
    return patched;
  }

  /** Returns the patch exactly as {@link #patch} would send it. */
  public String show(PoolPlan plan, Optional<String> mark) {
    return Json.text(plan.patch(mark, Map.of()));
  }

  /**
   * Takes ranges out of the pool that no service needs any more, in one JSON patch.
   *
   * @param mark the reload mark to leave, if a reload is owed
   * @return the pool as the API server has it now
   * @throws KubernetesClientException as {@link #patch}
   */
  public PoolState retire(Retirement retirement, Optional<String> mark) {
    try {
      return send(PatchType.JSON, Json.text(retirement.operations(mark)));
    } catch (KubernetesClientException e) {
      throw e.getCode() == TEST_FAILED
          ? new KubernetesClientException(
              "the pool has changed since it was read", CONFLICT, e.getStatus())
          : e;
    }
  }

  private PoolState send(PatchType type, String patch) {
    return PoolObject.stateOf(client.heard(client.send(type, patch)));
  }

  /**
   * Leaves a reload mark, whatever else has changed.
   *
   * @return the pool as the API server has it now
   * @throws KubernetesClientException as {@link #read}
   */
  public PoolState oweReload(String mark) {
    return PoolObject.stateOf(client.annotate(AnnotationPatch.set(PoolState.RELOAD_MARK, mark)));
  }

  /**
   * Removes the reload mark if it is still the one that was carried out; a newer one stays.
   *
   * @throws KubernetesClientException as {@link #read}; 422 when the mark is another one now
   */
  public void clearReloadMark(String mark) {
    client.send(AnnotationPatch.removeIf(PoolState.RELOAD_MARK, mark));
  }

  /**
   * Replaces the reload mark by one that says more exactly which pods must go.
   *
   * @throws KubernetesClientException as {@link #clearReloadMark}
   */
  public void sharpenReloadMark(String mark, String sharper) {
    client.send(AnnotationPatch.replaceIf(PoolState.RELOAD_MARK, mark, sharper));
  }

  /** Returns the pool as heard of last, however long ago; nothing if it was never usable. */
  public Optional<PoolState> lastSeen() {
    try {
      return client.cache.newest().map(PoolObject::stateOf);
    } catch (PoolUnusable e) {
      return Optional.empty(); // a pass says so
    }
  }

  /** Returns how people want the pool to be kept, as heard of last; nothing before. */
  public Optional<PoolWishes> lastWishes() {
    return client.cache.newest().map(pool -> PoolWishes.in(pool.annotations()));
  }

  /** Tells whether the pool was last heard to say that MetalLB is to be restarted. */
  public boolean isReloadPending() {
    return client
        .cache
        .newest()
        .filter(pool -> pool.annotations().containsKey(PoolState.RELOAD_MARK))
        .isPresent();
  }

  /** Returns the name without the namespace. */
  public String name() {
    return client.name();
  }

  /** Forgets what is not written yet: another replica writes its own from now on. */
  public void forgetUnwritten() {
    client.pendingRecord.clear();
  }

  @Override
  public String toString() {
    return client.toString();
  }
}
