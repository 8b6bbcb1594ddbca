package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.pool.Retirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The {@code IPAddressPool} (metallb.io/v1beta1) that this program keeps.
 *
 * <p>A bean, since camel-kubernetes' producers cannot do this: their get drops the metadata, and
 * they have no patch.
 */
public final class IpAddressPool {
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;
  private static final int MOST_CONFLICTS = 5;

  /** The API server's status for a JSON patch whose test failed. */
  private static final int TEST_FAILED = 422;

  static final String API = "metallb.io/v1beta1";
  static final String KIND = "IPAddressPool";
  private static final String PLURAL = "ipaddresspools";

  private static final String RELOAD_MARK_PATH = ApiObject.annotation(PoolState.RELOAD_MARK);
  private static final String PUSHED_PREFIX_PATH = ApiObject.annotation(PushedPrefix.ANNOTATION);

  private final KubernetesClient client;
  private final ApiServer api;
  private final String namespace;
  private final String name;

  final OwnWrites ownWrites = new OwnWrites();
  private volatile String uid = "";

  /** The annotation as the API server sent it last. */
  private volatile Optional<String> pushedPrefix = Optional.empty();

  private volatile Consumer<ApiObject> states = state -> {};

  /** Names the pool; nothing is asked of the cluster yet. */
  public IpAddressPool(KubernetesClient client, String namespace, String name) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.api = new ApiServer(client);
  }

  /**
   * Reads the live pool.
   *
   * @throws PoolUnusable when there is no such pool, MetalLB is not installed, or {@code
   *     spec.addresses} is not a list of strings
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public PoolState read() {
    return stateOf(get());
  }

  /** Has every state of the pool told that the API server sends. */
  void tellOfStates(Consumer<ApiObject> reader) {
    states = reader;
  }

  /** Takes a state of the pool that its watch has heard of. */
  void heard(ApiObject state) {
    states.accept(state);
  }

  /** Sends a patch of annotations. */
  void annotate(PatchType type, String patch) {
    noteAnnotations(send(type, patch));
  }

  private ApiObject get() {
    try {
      return api.get(all() + "/" + ApiServer.encoded(name), PoolObject.FIELDS);
    } catch (KubernetesClientException e) {
      throw e.getCode() == NOT_FOUND ? missing() : e;
    }
  }

  private String all() {
    return "/apis/%s/namespaces/%s/%s".formatted(API, ApiServer.encoded(namespace), PLURAL);
  }

  /** Returns the pool's uid as last read; reads the pool if it never was. */
  String uid() {
    if (uid.isEmpty()) {
      read();
    }
    return uid;
  }

  /**
   * Sends the plan in one merge patch, guarded by the version. MetalLB writes its own status into
   * the same object, above all while services move: when only that has changed, what was planned
   * still holds, and is sent for the new version.
   *
   * @param mark the reload mark to leave, if a reload is owed
   * @return the pool as the API server has it now
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #read}; 409 when
   *     somebody has changed it otherwise since it was read
   */
  public PoolState patch(PoolPlan plan, Optional<String> mark) {
    PoolPlan now = plan;
    for (int conflicts = 0; ; conflicts++) {
      try {
        return stateOf(send(PatchType.JSON_MERGE, Json.text(now.patch(mark))));
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

  /**
   * Takes ranges out of the pool that no service needs any more, in one JSON patch.
   *
   * @param mark the reload mark to leave, if a reload is owed
   * @return the pool as the API server has it now
   * @throws KubernetesClientException as for {@link #patch}
   */
  public PoolState retire(Retirement retirement, Optional<String> mark) {
    try {
      return stateOf(send(PatchType.JSON, Json.text(retirement.operations(mark))));
    } catch (KubernetesClientException e) {
      throw e.getCode() == TEST_FAILED
          ? new KubernetesClientException(
              "the pool has changed since it was read", CONFLICT, e.getStatus())
          : e;
    }
  }

  /**
   * Leaves a reload mark, whatever else has changed.
   *
   * @return the pool as the API server has it now
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #read}
   */
  public PoolState oweReload(String mark) {
    Map<String, String> annotation = Map.of(PoolState.RELOAD_MARK, mark);
    return stateOf(
        send(
            PatchType.JSON_MERGE,
            Json.text(Map.of("metadata", Map.of("annotations", annotation)))));
  }

  /**
   * Removes the reload mark if it is still the one that was carried out; a newer one stays.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #read}; 422 when
   *     the mark is another one now
   */
  public void clearReloadMark(String mark) {
    changeReloadMark(mark, Map.of("op", "remove", "path", RELOAD_MARK_PATH));
  }

  /**
   * Replaces the reload mark by one that says more exactly which pods must go.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #clearReloadMark}
   */
  public void sharpenReloadMark(String mark, String sharper) {
    changeReloadMark(mark, Map.of("op", "replace", "path", RELOAD_MARK_PATH, "value", sharper));
  }

  private void changeReloadMark(String mark, Map<String, String> operation) {
    Map<String, String> test = Map.of("op", "test", "path", RELOAD_MARK_PATH, "value", mark);
    send(PatchType.JSON, Json.text(List.of(test, operation)));
  }

  /** Returns the annotation of the prefix that was pushed last, as of the last read or patch. */
  Optional<String> pushedPrefix() {
    return pushedPrefix;
  }

  /**
   * Removes the annotation of the prefix that was pushed last, if it is still this one.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #clearReloadMark}
   */
  void clearPushedPrefix(String text) {
    Map<String, String> test = Map.of("op", "test", "path", PUSHED_PREFIX_PATH, "value", text);
    Map<String, String> remove = Map.of("op", "remove", "path", PUSHED_PREFIX_PATH);
    stateOf(send(PatchType.JSON, Json.text(List.of(test, remove))));
  }

  /** Returns the patch exactly as {@link #patch} would send it. */
  public String show(PoolPlan plan, Optional<String> mark) {
    return Json.text(plan.patch(mark));
  }

  /** Reads the annotation of the prefix that was pushed last. */
  Optional<String> readPushedPrefix() {
    noteAnnotations(get());
    return pushedPrefix;
  }

  ApiObject send(PatchType type, String patch) {
    String path = all() + "/" + ApiServer.encoded(name);
    return ownWrites.remember(() -> api.patch(path, type, patch, PoolObject.FIELDS));
  }

  /** Watches this pool; nothing is asked before the watch is started. */
  ObjectWatch watch(ObjectWatch.Listener listener) {
    String path = all() + "?fieldSelector=" + ApiServer.encoded("metadata.name=" + name);
    return new ObjectWatch(api, path, PoolObject.FIELDS, listener, "metallb-dyn6-watch-pool");
  }

  private PoolUnusable missing() {
    @Nullable APIResourceList served = client.getApiResources(API);
    boolean installed =
        served != null
            && served.getResources().stream()
                .anyMatch(resource -> PLURAL.equals(resource.getName()));
    return new PoolUnusable(
        installed
            ? "there is no IPAddressPool %s in namespace %s; create it, or set METALLB_DYN6_METALLB_POOL and METALLB_DYN6_METALLB_NAMESPACE to the pool you mean"
                .formatted(name, namespace)
            : "the cluster has no IPAddressPool resource (%s); install MetalLB".formatted(API));
  }

  private PoolState stateOf(ApiObject pool) {
    noteAnnotations(pool);
    return PoolObject.stateOf(pool);
  }

  private void noteAnnotations(ApiObject pool) {
    uid = pool.uid();
    pushedPrefix = Optional.ofNullable(pool.annotations().get(PushedPrefix.ANNOTATION));
    states.accept(pool);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
