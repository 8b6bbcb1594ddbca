package io.github.metallbdyn6.kubernetes;

import static java.util.stream.Collectors.groupingBy;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.follower.FollowerFailed;
import io.github.metallbdyn6.follower.HostAddress;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.text.ForeignText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The object from which external-dns makes AAAA records. */
public final class DnsEndpoint {
  private static final String API = "externaldns.k8s.io/v1alpha1";
  private static final Fields VERSION = Fields.of("/metadata/name", "/metadata/resourceVersion");
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

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
   * @throws FollowerFailed when the cluster has no such kind, or somebody else's object has the
   *     name
   * @throws KubernetesClientException when the API server refuses otherwise, or cannot be reached
   */
  public void apply(String hosts, String subnetPrefix, String namespace, String name, String ttl) {
    String where = namespace.isEmpty() ? ownNamespace : namespace;
    List<HostAddress> all = HostAddress.parseAll(hosts, Ipv6Prefix.parse(subnetPrefix));
    String path =
        "/apis/%s/namespaces/%s/dnsendpoints/%s"
            .formatted(API, ApiServer.encoded(where), ApiServer.encoded(name));
    try {
      Map<String, Object> metadata = new TreeMap<>(Map.of("name", name, "namespace", where));
      versionAt(path).ifPresent(version -> metadata.put("resourceVersion", version));
      Map<String, Object> object =
          Map.of(
              "apiVersion",
              API,
              "kind",
              "DNSEndpoint",
              "metadata",
              metadata,
              "spec",
              Map.of("endpoints", endpoints(all, ttl)));
      api.apply(path, Json.text(object));
    } catch (KubernetesClientException e) {
      throw inWords(e, where + "/" + name);
    }
  }

  /**
   * With the version that it was made for, a request that was given up and arrives behind a newer
   * one is refused: a stalled API server carries it out at last.
   */
  private Optional<String> versionAt(String path) {
    try {
      return Optional.of(api.get(path, VERSION).resourceVersion());
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty(); // of a missing kind the apply says so
      }
      throw e;
    }
  }

  private static RuntimeException inWords(KubernetesClientException refusal, String object) {
    if (isOfAKindThatIsMissing(refusal)) {
      return new FollowerFailed(
          "the cluster has no DNSEndpoint (%s): install external-dns's CustomResourceDefinition dnsendpoints.externaldns.k8s.io"
              .formatted(API));
    }
    if (refusal.getCode() == CONFLICT && saidBy(refusal).contains("conflict with")) {
      return new FollowerFailed(
          "somebody else has written the records of the DNSEndpoint %1$s, and the program leaves them alone: name another object with METALLB_DYN6_DNS_ENDPOINT_NAME, or delete this one (%2$s)"
              .formatted(object, ForeignText.of(saidBy(refusal))));
    }
    return refusal;
  }

  /** Of a path that it does not know the API server says so as a text, without a reason. */
  private static boolean isOfAKindThatIsMissing(KubernetesClientException refusal) {
    return refusal.getCode() == NOT_FOUND
        && (saidBy(refusal).contains("could not find the requested resource")
            || refusal.getStatus() == null
            || refusal.getStatus().getReason() == null
            || refusal.getStatus().getReason().isEmpty());
  }

  private static String saidBy(KubernetesClientException refusal) {
    return String.valueOf(refusal.getMessage());
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
