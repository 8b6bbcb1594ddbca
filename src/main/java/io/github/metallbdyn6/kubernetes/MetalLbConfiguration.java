package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  private static final String PLURAL = "configurationstates";
  private static final String RESULT = "/status/result";
  private static final String SUMMARY = "/status/errorSummary";

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
      return isServed() && new AccessReview(client).allows("list", GROUP, PLURAL, namespace)
          ? errors()
          : Optional.empty();
    } catch (KubernetesClientException e) {
      LOG.debug("MetalLB's ConfigurationState cannot be read: {}", ClusterFailure.textOf(e));
      return Optional.empty();
    }
  }

  private boolean isServed() {
    @Nullable APIResourceList served = client.getApiResources(PoolClient.API);
    return served != null
        && served.getResources().stream().anyMatch(it -> PLURAL.equals(it.getName()));
  }

  private Optional<String> errors() {
    List<String> errors = new ArrayList<>();
    String path =
        "/apis/metallb.io/v1beta1/namespaces/%s/%s?labelSelector=%s"
            .formatted(namespace, PLURAL, ApiServer.encoded(CONTROLLER));
    new ApiServer(client)
        .list(
            path,
            Fields.of(RESULT, SUMMARY),
            state -> {
              if (state.text(RESULT).equals("Invalid")) {
                state.text(SUMMARY).lines().map(String::strip).forEach(errors::add);
              }
            });
    return Optional.of(String.join("; ", errors)).filter(text -> !text.isEmpty());
  }
}
