package io.github.metallbdyn6.kubernetes;

import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.follower.HostAddress;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.lease.Leadership;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The object from which external-dns makes AAAA records. */
public final class DnsEndpoint {
  private static final String API = "externaldns.k8s.io/v1alpha1";

  private final ApiServer api;
  private final String ownNamespace;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param ownNamespace where it lies if nothing else is set
   * @param leadership while this replica does not lead, it changes nothing
   */
  public DnsEndpoint(KubernetesClient client, String ownNamespace, Leadership leadership) {
    this.api = new ApiServer(client, leadership);
    this.ownNamespace = ownNamespace;
  }

  /**
   * Has the object list these names, and no others: server-side apply takes those away that the
   * program listed before.
   *
   * @param hosts as {@link HostAddress#parseAll}
   * @param namespace an empty text for MetalLB's
   * @param ttl the records' time to live in seconds; an empty text for external-dns's own
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void apply(String hosts, String subnetPrefix, String namespace, String name, String ttl) {
    String where = namespace.isEmpty() ? ownNamespace : namespace;
    List<HostAddress> all = HostAddress.parseAll(hosts, Ipv6Prefix.parse(subnetPrefix));
    Map<String, Object> object =
        Map.of(
            "apiVersion",
            API,
            "kind",
            "DNSEndpoint",
            "metadata",
            Map.of("name", name, "namespace", where),
            "spec",
            Map.of("endpoints", endpoints(all, ttl)));
    api.apply(
        "/apis/%s/namespaces/%s/dnsendpoints/%s"
            .formatted(API, ApiServer.encoded(where), ApiServer.encoded(name)),
        Json.text(object));
  }

  private static List<Map<String, Object>> endpoints(List<HostAddress> all, String ttl) {
    return all.stream()
        .collect(groupingBy(HostAddress::host, TreeMap::new, java.util.stream.Collectors.toList()))
        .entrySet()
        .stream()
        .map(entry -> endpoint(entry.getKey(), entry.getValue(), ttl))
        .toList();
  }

  private static Map<String, Object> endpoint(String host, List<HostAddress> all, String ttl) {
    Map<String, Object> endpoint = new TreeMap<>();
    endpoint.put("dnsName", host);
    endpoint.put("recordType", "AAAA");
    endpoint.put("targets", all.stream().map(it -> it.address().toString()).toList());
    if (!ttl.isEmpty()) {
      endpoint.put("recordTTL", Long.parseLong(ttl));
    }
    return endpoint;
  }
}
