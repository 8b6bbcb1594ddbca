package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The controller's own word on MetalLB's configuration: its {@code ConfigurationState}
 * (metallb.io/v1beta1), which exists since MetalLB 0.15.3. While the configuration is invalid, a
 * pool of any name included, MetalLB goes on with the last one that was valid.
 */
public final class MetalLbConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String GROUP = "metallb.io";
  private static final String CONTROLLER = "metallb.io/component-type=controller";
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withGroup(GROUP)
          .withVersion("v1beta1")
          .withKind("ConfigurationState")
          .withPlural("configurationstates")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final String namespace;

  /** Names the namespace of MetalLB; nothing is asked of the cluster yet. */
  public MetalLbConfiguration(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /**
   * Returns what is wrong with the configuration, in MetalLB's words. Returns nothing where the
   * configuration is valid, where MetalLB does not say, and where the program may not ask: the
   * reader has a reason of its own to tell, and this one only adds to it.
   */
  public Optional<String> error() {
    try {
      return isServed() && new AccessReview(client).allows("list", GROUP, plural(), namespace)
          ? errors()
          : Optional.empty();
    } catch (KubernetesClientException e) {
      LOG.debug("MetalLB's ConfigurationState cannot be read: {}", ClusterFailure.explain(e));
      return Optional.empty();
    }
  }

  private static String plural() {
    return DEFINITION.getPlural();
  }

  private boolean isServed() {
    @Nullable APIResourceList served = client.getApiResources(IpAddressPool.API);
    return served != null
        && served.getResources().stream().anyMatch(it -> plural().equals(it.getName()));
  }

  private Optional<String> errors() {
    List<GenericKubernetesResource> states =
        client
            .genericKubernetesResources(DEFINITION)
            .inNamespace(namespace)
            .withLabelSelector(CONTROLLER)
            .list()
            .getItems();
    String errors =
        states.stream()
            .filter(it -> "Invalid".equals(it.<@Nullable Object>get("status", "result")))
            .map(it -> String.valueOf(it.<@Nullable Object>get("status", "errorSummary")))
            .map(text -> text.lines().map(String::strip).collect(Collectors.joining("; ")))
            .collect(Collectors.joining("; "));
    return Optional.of(errors).filter(text -> !text.isEmpty());
  }
}
