package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds metallb-dyn6 in Rust by its pods, which its Helm chart puts into MetalLB's namespace: the
 * container has the chart's name and its settings in variables of its own, where this program's
 * manifests have a ConfigMap.
 */
public final class Predecessor {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String DELETION = "/metadata/deletionTimestamp";
  private static final String CONTAINERS = "/spec/containers";
  private static final String CONTAINER = "metallb-dyn6";
  private static final String POOL = "METALLB_DYN6_METALLB_POOL";
  private static final String ROUTES = "METALLB_DYN6_ROUTES";
  private static final Fields FIELDS =
      Fields.of(
          "/metadata/name",
          DELETION,
          CONTAINERS + "/name",
          CONTAINERS + "/env/name",
          CONTAINERS + "/env/value");

  private final ApiServer api;
  private final String path;
  private final String self;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param namespace MetalLB's
   * @param self the name of the pod that this program runs in, if it does; this one is not meant
   */
  public Predecessor(KubernetesClient client, String namespace, String self) {
    this.api = new ApiServer(client);
    this.path = "/api/v1/namespaces/%s/pods".formatted(ApiServer.encoded(namespace));
    this.self = self;
  }

  /** A pod of the predecessor, and the pool that it keeps, by name. */
  public record Found(String pod, String pool) {}

  /** Returns one that keeps a pool of ours; nothing where pods cannot be seen. */
  public Optional<Found> keeping(Predicate<String> ours) {
    List<Found> found = new ArrayList<>();
    try {
      api.list(
          path,
          FIELDS,
          pod -> pools(pod).filter(ours).map(it -> new Found(pod.name(), it)).forEach(found::add));
    } catch (KubernetesClientException e) {
      LOG.debug("Nobody says whether the predecessor runs: {}", ClusterFailure.textOf(e));
    }
    return found.stream().findFirst();
  }

  private Stream<String> pools(ApiObject pod) {
    return pod.text(DELETION).isEmpty() && !pod.name().equals(self)
        ? pod.items(CONTAINERS)
            .filter(it -> it.path("name").asText("").equals(CONTAINER))
            .filter(it -> variable(it, ROUTES).isEmpty())
            .flatMap(it -> variable(it, POOL).stream())
        : Stream.empty();
  }

  private static Optional<String> variable(JsonNode container, String name) {
    return container
        .path("env")
        .valueStream()
        .filter(it -> it.path("name").asText("").equals(name))
        .map(it -> it.path("value").asText(""))
        .findFirst();
  }
}
