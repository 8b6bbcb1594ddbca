package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.kubernetes.EventWriter.ObjectReference;
import io.github.metallbdyn6.lease.Leadership;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads, patches and watches the pool's object at the API server, and hands on every state of it
 * that the API server sends.
 */
final class PoolClient {
  static final String API = "metallb.io/v1beta1";
  private static final String KIND = "IPAddressPool";
  private static final String PLURAL = "ipaddresspools";
  private static final int NOT_FOUND = 404;

  /** The pool is read once more each time, whatever its watch has told. */
  private static final Duration WATCH_RENEWED = Duration.ofMinutes(10);

  final OwnWrites ownWrites = new OwnWrites();
  final PendingAnnotation pending = new PendingAnnotation();

  /** The record of what followers were told. */
  final PendingAnnotation pendingRecord = new PendingAnnotation();

  final PoolCache cache = new PoolCache(System::nanoTime);
  private final KubernetesClient client;
  private final ApiServer api;

  /** A replica that does not lead may write this: it is an order for the one that does. */
  private final ApiServer anybody;

  private final String namespace;
  private final String name;
  private volatile Consumer<ApiObject> states = state -> {};

  PoolClient(KubernetesClient client, String namespace, String name, Leadership leadership) {
    this.client = client;
    this.api = new ApiServer(client, leadership);
    this.anybody = new ApiServer(client);
    this.namespace = namespace;
    this.name = name;
  }

  /** Has every state of the pool told that the API server sends. */
  void tellOfStates(Consumer<ApiObject> reader) {
    states = reader;
  }

  /** Tells of a state of the pool, and returns it. */
  ApiObject heard(ApiObject state) {
    states.accept(state);
    return state;
  }

  /** Reads the pool, as {@link IpAddressPool#read}. */
  ApiObject read() {
    return heard(get());
  }

  private ApiObject get() {
    try {
      return cache.read(api.get(path(), PoolObject.FIELDS));
    } catch (KubernetesClientException e) {
      throw e.getCode() == NOT_FOUND ? missing() : e;
    }
  }

  /** Returns the path of all pools of a namespace. */
  static String pathOf(String namespace) {
    return "/apis/%s/namespaces/%s/%s".formatted(API, ApiServer.encoded(namespace), PLURAL);
  }

  private String all() {
    return pathOf(namespace);
  }

  private String path() {
    return all() + "/" + ApiServer.encoded(name);
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

  /** Names the pool with its uid as last heard of; reads the pool if it never was. */
  ObjectReference reference() {
    String uid = cache.newest().orElseGet(this::get).uid();
    return new ObjectReference(API, KIND, namespace, name, uid);
  }

  /** Sends a patch of annotations, and tells of the state that it leaves. */
  ApiObject annotate(AnnotationPatch patch) {
    return heard(send(patch));
  }

  ApiObject send(AnnotationPatch patch) {
    return send(patch.type(), patch.json());
  }

  /** Sends a patch of annotations whether or not this replica leads. */
  ApiObject sendAnyway(AnnotationPatch patch) {
    return send(anybody, patch.type(), patch.json());
  }

  ApiObject send(PatchType type, String patch) {
    return send(api, type, patch);
  }

  private ApiObject send(ApiServer server, PatchType type, String patch) {
    try {
      return cache.written(
          ownWrites.remember(() -> server.patch(path(), type, patch, PoolObject.FIELDS)));
    } catch (KubernetesClientException e) {
      cache.doubt(); // it may have been carried out, or be refused for what somebody else has done
      throw e;
    }
  }

  /** Watches the pool; nothing is asked before the watch is started. */
  ObjectWatch watch(ObjectWatch.Listener listener) {
    String path = all() + "?fieldSelector=" + ApiServer.encoded("metadata.name=" + name);
    return new ObjectWatch(
        api, path, PoolObject.FIELDS, listener, WATCH_RENEWED, "metallb-dyn6-watch-pool");
  }

  String name() {
    return name;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
