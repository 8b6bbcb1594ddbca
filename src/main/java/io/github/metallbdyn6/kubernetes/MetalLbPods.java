package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.metallb.MetalLbVersion;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** MetalLB's pods, controller and speakers, as the label selector finds them. */
public final class MetalLbPods {

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
   * Returns the selector as camel-kubernetes' pods producer takes it. That knows only a map of
   * labels to values; a key without a value is passed on as it is, which lets a whole selector
   * through.
   */
  public Map<String, @Nullable String> selectorAsLabels() {
    return Collections.singletonMap(labelSelector, null);
  }

  /** Takes what matters from the pods that camel-kubernetes listed. */
  public List<MetalLbPod> read(List<Pod> pods) {
    return pods.stream().map(MetalLbPods::read).toList();
  }

  /**
   * Deletes the pods in one request ({@code deletecollection}, which a Role can allow without
   * allowing to delete any other pod by name).
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void delete() {
    client.pods().inNamespace(namespace).withLabelSelector(labelSelector).delete();
  }

  private static MetalLbPod read(Pod pod) {
    return new MetalLbPod(
        pod.getMetadata().getName(),
        pod.getMetadata().getUid(),
        isReady(pod),
        pod.getMetadata().getDeletionTimestamp() != null,
        versionOf(pod));
  }

  private static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(it -> "Ready".equals(it.getType()) && "True".equals(it.getStatus()));
  }

  /**
   * The older one where image and label disagree: a needless restart hurts less than a missed one.
   */
  private static Optional<MetalLbVersion> versionOf(Pod pod) {
    Map<String, String> labels = pod.getMetadata().getLabels();
    Stream<MetalLbVersion> label =
        Stream.ofNullable(labels == null ? null : labels.get(VERSION_LABEL))
            .flatMap(text -> MetalLbVersion.parse(text).stream());
    Stream<MetalLbVersion> images =
        pod.getSpec().getContainers().stream()
            .filter(MetalLbPods::isMetalLb)
            .flatMap(container -> MetalLbVersion.ofImage(container.getImage()).stream());
    return Stream.concat(label, images).min(MetalLbVersion::compareTo);
  }

  private static boolean isMetalLb(Container container) {
    String image = container.getImage() == null ? "" : container.getImage();
    return METALLB_CONTAINER.matcher(container.getName()).matches()
        || METALLB_CONTAINER.matcher(image.replaceFirst("[:@][^/]*$", "")).matches();
  }
}
