package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.metallb.MetalLbVersion;
import io.github.metallbdyn6.pass.PoolPass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * MetalLB's pods, controller and speakers, as the label selector finds them.
 *
 * <p>Not read through camel-kubernetes' pods producer: the 1,800 classes of the client's typed
 * model cost 20 MB for the few fields that matter here, and every pod of a large cluster another 20
 * kB.
 */
public final class MetalLbPods {
  private static final Duration WATCH_RENEWED = Duration.ofMinutes(10);
  private static final String DELETION = "/metadata/deletionTimestamp";
  private static final String CONTAINERS = "/spec/containers";
  private static final String CONDITIONS = "/status/conditions";
  private static final String VERSION_LABEL = "/metadata/labels/app.kubernetes.io~1version";
  static final Fields FIELDS =
      Fields.of(
          "/metadata/name",
          "/metadata/resourceVersion",
          "/metadata/uid",
          DELETION,
          VERSION_LABEL,
          CONTAINERS + "/name",
          CONTAINERS + "/image",
          CONDITIONS + "/type",
          CONDITIONS + "/status");

  /** FRR and proxy containers stand in the same pod, with versions of their own. */
  private static final Pattern METALLB_CONTAINER =
      Pattern.compile("(?:.*[-/])?(?:controller|speaker)");

  /** What the API server has in its memory. For the newest it asks etcd, after a write of us. */
  private static final String FROM_MEMORY = "&resourceVersion=0";

  private final ApiServer api;
  private final String path;
  private volatile Supplier<Optional<List<MetalLbPod>>> unchanged = Optional::empty;

  /**
   * Names the pods; nothing is asked of the cluster yet.
   *
   * @param leadership while this replica does not lead, it deletes nothing
   * @param labelSelector as {@code kubectl get pods -l} takes it, set-based requirements included
   */
  public MetalLbPods(
      KubernetesClient client, String namespace, String labelSelector, Leadership leadership) {
    this.api = new ApiServer(client, leadership);
    this.path =
        "/api/v1/namespaces/%s/pods?labelSelector=%s"
            .formatted(namespace, ApiServer.encoded(labelSelector));
  }

  /** Takes the pods from here where no pod needs a restart, as far as is known there. */
  public void recallFrom(Supplier<Optional<List<MetalLbPod>>> pods) {
    unchanged = pods;
  }

  /**
   * Finds the pods without a request, if they are known and none of them needs a restart. Otherwise
   * lists them as the API server remembers them, since a mark has to name them.
   *
   * <p>A list of the newest state has the API server ask etcd whether its memory is up to date,
   * which it does ten times a second at most. The deletion that follows asks, too, and would have
   * to wait for its turn.
   */
  public PoolPass recall(PoolPass pass) {
    return pass.with(
        pass.restart().listed(unchanged.get().orElseGet(() -> list(path + FROM_MEMORY))));
  }

  /** Lists the pods, as {@link #list}. */
  public PoolPass look(PoolPass pass) {
    return pass.with(pass.restart().listed(list()));
  }

  /**
   * Lists the pods in one request.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public List<MetalLbPod> list() {
    return list(path);
  }

  private List<MetalLbPod> list(String from) {
    List<MetalLbPod> pods = new ArrayList<>();
    list(from, pods::add);
    return pods;
  }

  /** Lists the pods, as {@link #list()}, and returns the version to watch them from. */
  String list(Consumer<MetalLbPod> each) {
    return list(path, each);
  }

  private String list(String from, Consumer<MetalLbPod> each) {
    return api.list(from, FIELDS, pod -> each.accept(read(pod))).resourceVersion();
  }

  /** Watches the pods; nothing is asked before the watch is started. */
  ObjectWatch watch(ObjectWatch.Listener listener) {
    return new ObjectWatch(api, path, FIELDS, listener, WATCH_RENEWED, "metallb-dyn6-watch-pods");
  }

  /**
   * Deletes the pods in one request ({@code deletecollection}, which a Role can allow without
   * allowing to delete any other pod by name).
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void delete() {
    api.delete(path);
  }

  static MetalLbPod read(ApiObject pod) {
    return new MetalLbPod(
        pod.name(), pod.uid(), isReady(pod), !pod.text(DELETION).isEmpty(), versionOf(pod));
  }

  static boolean isReady(ApiObject object) {
    return object
        .items(CONDITIONS)
        .anyMatch(it -> isText(it, "type", "Ready") && isText(it, "status", "True"));
  }

  private static boolean isText(JsonNode object, String field, String text) {
    return object.path(field).asText("").equals(text);
  }

  /**
   * The older one where image and label disagree: a needless restart hurts less than a missed one.
   */
  private static Optional<MetalLbVersion> versionOf(ApiObject pod) {
    Stream<MetalLbVersion> label = MetalLbVersion.parse(pod.text(VERSION_LABEL)).stream();
    Stream<MetalLbVersion> images =
        pod.items(CONTAINERS)
            .filter(MetalLbPods::isMetalLb)
            .flatMap(it -> MetalLbVersion.ofImage(it.path("image").asText("")).stream());
    return Stream.concat(label, images).min(MetalLbVersion::compareTo);
  }

  private static boolean isMetalLb(JsonNode container) {
    String image = container.path("image").asText("").replaceFirst("[:@][^/]*$", "");
    return METALLB_CONTAINER.matcher(container.path("name").asText("")).matches()
        || METALLB_CONTAINER.matcher(image).matches();
  }
}
