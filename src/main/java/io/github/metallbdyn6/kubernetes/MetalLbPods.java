package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.metallb.MetalLbVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * MetalLB's pods, controller and speakers, as the label selector finds them.
 *
 * <p>Read without the client's typed model of a pod, and so not through camel-kubernetes' pods
 * producer: the 1,800 classes of that model cost 20 MB for the four fields that matter here.
 */
public final class MetalLbPods {
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withVersion("v1")
          .withKind("Pod")
          .withPlural("pods")
          .withNamespaced(true)
          .build();

  /** FRR and proxy containers stand in the same pod, with versions of their own. */
  private static final Pattern METALLB_CONTAINER =
      Pattern.compile("(?:.*[-/])?(?:controller|speaker)");

  private static final String VERSION_LABEL = "app.kubernetes.io/version";

  private final KubernetesClient client;
  private final String namespace;
  private final String labelSelector;

  /**
   * Names the pods; nothing is asked of the cluster yet.
   *
   * @param labelSelector as {@code kubectl get pods -l} takes it, set-based requirements included
   */
  public MetalLbPods(KubernetesClient client, String namespace, String labelSelector) {
    this.client = client;
    this.namespace = namespace;
    this.labelSelector = labelSelector;
  }

  /**
   * Lists the pods in one request.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public List<MetalLbPod> list() {
    return pods().list().getItems().stream().map(MetalLbPods::read).toList();
  }

  /**
   * Deletes the pods in one request ({@code deletecollection}, which a Role can allow without
   * allowing to delete any other pod by name).
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void delete() {
    pods().delete();
  }

  private FilterWatchListDeletable<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      pods() {
    return client
        .genericKubernetesResources(DEFINITION)
        .inNamespace(namespace)
        .withLabelSelector(labelSelector);
  }

  static MetalLbPod read(GenericKubernetesResource pod) {
    return new MetalLbPod(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        isReady(pod),
        pod.getMetadata().getDeletionTimestamp() != null,
        versionOf(pod));
  }

  static boolean isReady(GenericKubernetesResource pod) {
    return objects(pod, "status", "conditions")
        .anyMatch(it -> "Ready".equals(it.get("type")) && "True".equals(it.get("status")));
  }

  /**
   * The older one where image and label disagree: a needless restart hurts less than a missed one.
   */
  private static Optional<MetalLbVersion> versionOf(GenericKubernetesResource pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    Stream<MetalLbVersion> label =
        Stream.ofNullable(labels == null ? null : labels.get(VERSION_LABEL))
            .flatMap(text -> MetalLbVersion.parse(text).stream());
    Stream<MetalLbVersion> images =
        objects(pod, "spec", "containers")
            .filter(MetalLbPods::isMetalLb)
            .flatMap(container -> MetalLbVersion.ofImage(text(container, "image")).stream());
    return Stream.concat(label, images).min(MetalLbVersion::compareTo);
  }

  private static boolean isMetalLb(Map<?, ?> container) {
    String image = text(container, "image").replaceFirst("[:@][^/]*$", "");
    return METALLB_CONTAINER.matcher(text(container, "name")).matches()
        || METALLB_CONTAINER.matcher(image).matches();
  }

  static Stream<Map<?, ?>> objects(GenericKubernetesResource pod, Object... path) {
    @Nullable Object list = pod.get(path);
    return list instanceof List<?> items
        ? items.stream().filter(Map.class::isInstance).map(item -> (Map<?, ?>) item)
        : Stream.empty();
  }

  private static String text(Map<?, ?> object, String key) {
    return object.get(key) instanceof String text ? text : "";
  }
}
