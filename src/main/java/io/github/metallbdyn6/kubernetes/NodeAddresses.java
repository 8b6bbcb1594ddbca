package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The addresses of the cluster's nodes. */
public final class NodeAddresses {
  private static final int NOT_FOUND = 404;
  private static final String ALL = "/api/v1/nodes";
  private static final String ADDRESSES = "/status/addresses";
  private static final Fields FIELDS =
      Fields.of(
          "/metadata/name",
          ADDRESSES + "/type",
          ADDRESSES + "/address",
          "/status/conditions/type",
          "/status/conditions/status");

  private final ApiServer api;

  /** Nothing is asked of the cluster yet. */
  public NodeAddresses(KubernetesClient client) {
    this.api = new ApiServer(client);
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
    List<ApiObject> nodes = name.isEmpty() ? selected(labelSelector) : named(name);
    String addresses =
        nodes.stream()
            .filter(MetalLbPods::isReady)
            .flatMap(node -> node.items(ADDRESSES))
            .filter(address -> address.path("type").asText("").equals(type))
            .map(address -> address.path("address").asText(""))
            .filter(address -> address.contains(":"))
            .collect(Collectors.joining("\n"));
    if (addresses.isEmpty()) {
      throw new RefusedAnswer(
          Reason.EMPTY,
          "no node is Ready and has an IPv6 address of type %s; looked at: %s"
              .formatted(type, nodes.stream().map(ApiObject::name).toList()));
    }
    return addresses;
  }

  private List<ApiObject> selected(String labelSelector) {
    List<ApiObject> nodes = new ArrayList<>();
    api.list(ALL + "?labelSelector=" + ApiServer.encoded(labelSelector), FIELDS, nodes::add);
    return nodes;
  }

  private List<ApiObject> named(String name) {
    try {
      return List.of(api.get(ALL + "/" + ApiServer.encoded(name), FIELDS));
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return List.of();
      }
      throw e;
    }
  }
}
