package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.handover.Annotations;
import io.github.metallbdyn6.handover.ServicePatch;
import io.github.metallbdyn6.handover.ServiceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Services of all namespaces, of which those of type LoadBalancer matter.
 *
 * <p>Read without the client's typed model, as the pods are.
 */
public final class LoadBalancerServices {
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withVersion("v1")
          .withKind("Service")
          .withPlural("services")
          .withNamespaced(true)
          .build();
  private static final PatchContext PATCH =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager("metallb-dyn6")
          .build();

  /** Two megabytes of them, while they are read. */
  private static final long CHUNK = 250;

  private final KubernetesClient client;
  private final Set<String> annotations;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param dnsTargets the annotations of which external-dns reads what to publish
   */
  public LoadBalancerServices(KubernetesClient client, Collection<String> dnsTargets) {
    this.client = client;
    this.annotations = new LinkedHashSet<>(Annotations.ALL);
    annotations.addAll(dnsTargets);
  }

  /**
   * Lists them, in chunks: of ten thousand services, few of which matter, the whole list would be
   * larger than the heap.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached; 410 when it has forgotten the list before its end
   */
  List<ServiceState> list() {
    List<ServiceState> found = new ArrayList<>();
    String next = "";
    do {
      GenericKubernetesResourceList chunk = services().inAnyNamespace().list(chunkFrom(next));
      chunk.getItems().stream().map(this::read).flatMap(Optional::stream).forEach(found::add);
      next = Objects.requireNonNullElse(chunk.getMetadata().getContinue(), "");
    } while (!next.isEmpty());
    return found;
  }

  private static ListOptions chunkFrom(String next) {
    ListOptionsBuilder options = new ListOptionsBuilder().withLimit(CHUNK);
    return next.isEmpty() ? options.build() : options.withContinue(next).build();
  }

  /**
   * Patches one in one request, and returns it as it is then.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #list}; 409 when
   *     it has changed since it was read
   */
  Optional<ServiceState> patch(ServicePatch patch) {
    GenericKubernetesResource target = new GenericKubernetesResource();
    target.setApiVersion("v1");
    target.setKind(DEFINITION.getKind());
    target.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(patch.service().namespace())
            .withName(patch.service().name())
            .build());
    return read(
        services()
            .inNamespace(patch.service().namespace())
            .resource(target)
            .patch(PATCH, Json.text(patch.asMap())));
  }

  /** Begins with what there is, and goes on with every change. */
  Watch watch(Watcher<GenericKubernetesResource> watcher) {
    return services()
        .inAnyNamespace()
        .watch(new ListOptionsBuilder().withAllowWatchBookmarks(true).build(), watcher);
  }

  private MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      services() {
    return client.genericKubernetesResources(DEFINITION);
  }

  /** Returns what matters of a service, or nothing if it is not of type LoadBalancer. */
  Optional<ServiceState> read(GenericKubernetesResource service) {
    if (!"LoadBalancer".equals(service.<@Nullable Object>get("spec", "type"))) {
      return Optional.empty();
    }
    return Optional.of(
        new ServiceState(
            service.getMetadata().getNamespace(),
            service.getMetadata().getName(),
            Objects.requireNonNullElse(service.getMetadata().getUid(), ""),
            Objects.requireNonNullElse(service.getMetadata().getResourceVersion(), ""),
            annotationsOf(service),
            service.<@Nullable Object>get("spec", "ipFamilies") instanceof List<?> families
                && families.size() > 1,
            service.<@Nullable Object>get("spec", "loadBalancerIP") instanceof String ip ? ip : "",
            ingressOf(service),
            Optional.empty()));
  }

  private Map<String, String> annotationsOf(GenericKubernetesResource service) {
    Map<String, String> all = service.getMetadata().getAnnotations();
    Map<String, String> known = new LinkedHashMap<>();
    if (all != null) {
      annotations.stream()
          .filter(key -> all.get(key) != null)
          .forEach(key -> known.put(key, all.get(key)));
    }
    return known;
  }

  private static List<String> ingressOf(GenericKubernetesResource service) {
    @Nullable Object ingress = service.get("status", "loadBalancer", "ingress");
    return ingress instanceof List<?> points
        ? points.stream()
            .map(point -> point instanceof Map<?, ?> fields ? fields.get("ip") : null)
            .flatMap(ip -> ip instanceof String text ? Stream.of(text) : Stream.empty())
            .toList()
        : List.of();
  }
}
