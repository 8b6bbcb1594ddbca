package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.ipv6.RefusedAnswer.Reason;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The addresses of the cluster's nodes; read without the client's typed model, as {@link
 * MetalLbPods} are.
 */
public final class NodeAddresses {
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withVersion("v1")
          .withKind("Node")
          .withPlural("nodes")
          .withNamespaced(false)
          .build();

  private final KubernetesClient client;

  /** Nothing is asked of the cluster yet. */
  public NodeAddresses(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Returns the IPv6 addresses of the nodes that are Ready, one in each line: nobody keeps those of
   * a node that is not Ready up to date.
   *
   * @param name the one node to look at; empty for all
   * @param labelSelector which nodes to look at, if none is named; empty for all
   * @param type of the addresses, InternalIP or ExternalIP
   * @throws RefusedAnswer when there is no such address
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public String list(String name, String labelSelector, String type) {
    List<GenericKubernetesResource> nodes =
        name.isEmpty()
            ? selected(labelSelector)
            : Stream.ofNullable(nodes().withName(name).get()).toList();
    String addresses =
        nodes.stream()
            .filter(MetalLbPods::isReady)
            .flatMap(node -> MetalLbPods.objects(node, "status", "addresses"))
            .filter(address -> type.equals(address.get("type")))
            .map(address -> String.valueOf(address.get("address")))
            .filter(address -> address.contains(":"))
            .collect(Collectors.joining("\n"));
    if (addresses.isEmpty()) {
      throw new RefusedAnswer(
          Reason.EMPTY,
          "no node is Ready and has an IPv6 address of type %s; looked at: %s"
              .formatted(type, nodes.stream().map(it -> it.getMetadata().getName()).toList()));
    }
    return addresses;
  }

  private List<GenericKubernetesResource> selected(String labelSelector) {
    return labelSelector.isEmpty()
        ? nodes().list().getItems()
        : nodes().withLabelSelector(labelSelector).list().getItems();
  }

  private NonNamespaceOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      nodes() {
    return client.genericKubernetesResources(DEFINITION);
  }
}
