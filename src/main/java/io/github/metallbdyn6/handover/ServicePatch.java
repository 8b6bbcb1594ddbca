package io.github.metallbdyn6.handover;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON merge patch (RFC 7386) of a service, guarded by the version that was read.
 *
 * @param service as read
 * @param kind what it does
 * @param annotations what annotations become; null takes one away
 * @param loadBalancerIp what {@code spec.loadBalancerIP} becomes; empty leaves it alone
 */
public record ServicePatch(
    ServiceState service,
    Kind kind,
    Map<String, @Nullable String> annotations,
    String loadBalancerIp) {

  /** The purpose of a patch. */
  public enum Kind {
    /** Asks for the new address. */
    MOVE,
    /** The service has arrived, or our traces are to go: nothing of ours stays. */
    RELEASE,
    /** Asks for the old address again. */
    RETURN,
    /** Changes what a service without addresses requests, so that MetalLB can give it some. */
    REPAIR,
    /** Moves an address that external-dns publishes, and nothing else. */
    DNS
  }

  public Map<String, Object> asMap() {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("resourceVersion", service.resourceVersion());
    metadata.put("annotations", annotations);
    Map<String, Object> patch = new LinkedHashMap<>();
    patch.put("metadata", metadata);
    if (!loadBalancerIp.isEmpty()) {
      patch.put("spec", Map.of("loadBalancerIP", loadBalancerIp));
    }
    return patch;
  }
}
