package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.lease.Lease;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads, writes and watches one Lease (coordination.k8s.io/v1). Without the client's typed model,
 * as pods and Events.
 */
final class LeaseClient {
  static final String API = "coordination.k8s.io/v1";
  private static final int NOT_FOUND = 404;
  private static final Duration WATCH_RENEWED = Duration.ofMinutes(10);
  private static final String HOLDER = "holderIdentity";
  private static final String DURATION = "leaseDurationSeconds";
  private static final String TRANSITIONS = "leaseTransitions";
  private static final Fields FIELDS =
      Fields.of(
          "/metadata/name",
          "/metadata/resourceVersion",
          "/spec/" + HOLDER,
          "/spec/" + DURATION,
          "/spec/" + TRANSITIONS);

  private final ApiServer api;
  private final String namespace;
  private final String name;
  private final Duration duration;

  /**
   * Names the Lease; nothing is asked of the cluster yet.
   *
   * @param duration how long it lasts without a renewal
   */
  LeaseClient(KubernetesClient client, String namespace, String name, Duration duration) {
    this.api = new ApiServer(client);
    this.namespace = namespace;
    this.name = name;
    this.duration = duration;
  }

  /**
   * Reads it; returns nothing if there is none.
   *
   * @throws KubernetesClientException when the API server refuses or cannot be reached
   */
  Optional<Lease> read() {
    try {
      return Optional.of(leaseOf(api.get(path(), FIELDS)));
    } catch (KubernetesClientException e) {
      if (e.getCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Creates it, held by this replica.
   *
   * @throws KubernetesClientException as {@link #read}; 409 when there is one by now
   */
  Lease create(String holder, Instant now) {
    Map<String, Object> lease =
        Map.of(
            "apiVersion",
            API,
            "kind",
            "Lease",
            "metadata",
            Map.of("name", name, "namespace", namespace),
            "spec",
            taken(holder, 0, now));
    return leaseOf(api.create(all(), Json.text(lease), FIELDS));
  }

  /**
   * Has this replica hold it, in this version of it.
   *
   * @throws KubernetesClientException as {@link #read}; 409 when it has changed
   */
  Lease take(Lease known, String holder, Instant now) {
    return patch(known, taken(holder, known.transitions() + 1, now));
  }

  /** Shows that the holder lives, as {@link #take}. */
  Lease renew(Lease known, Instant now) {
    return patch(
        known,
        Map.of(
            "renewTime", EventWriter.microTime(now), DURATION, Math.max(1, duration.toSeconds())));
  }

  /** Has nobody hold it, as {@link #take}. */
  Lease free(Lease known) {
    Map<String, @Nullable Object> spec = new HashMap<>();
    spec.put(HOLDER, null);
    return patch(known, spec);
  }

  private Map<String, Object> taken(String holder, int transitions, Instant now) {
    String time = EventWriter.microTime(now);
    return Map.of(
        HOLDER,
        holder,
        DURATION,
        Math.max(1, duration.toSeconds()),
        TRANSITIONS,
        transitions,
        "acquireTime",
        time,
        "renewTime",
        time);
  }

  private Lease patch(Lease known, Map<String, ? extends @Nullable Object> spec) {
    String patch =
        Json.text(Map.of("metadata", Map.of("resourceVersion", known.version()), "spec", spec));
    return leaseOf(api.patch(path(), PatchType.JSON_MERGE, patch, FIELDS));
  }

  /** Watches it; nothing is asked before the watch is started. */
  ObjectWatch watch(ObjectWatch.Listener listener) {
    String path = all() + "?fieldSelector=" + ApiServer.encoded("metadata.name=" + name);
    return new ObjectWatch(api, path, FIELDS, listener, WATCH_RENEWED, "metallb-dyn6-watch-lease");
  }

  static Lease leaseOf(ApiObject object) {
    return new Lease(
        object.resourceVersion(),
        object.text("/spec/" + HOLDER),
        Duration.ofSeconds(object.number("/spec/" + DURATION).orElse(0L)),
        object.number("/spec/" + TRANSITIONS).orElse(0L).intValue());
  }

  private String all() {
    return "/apis/%s/namespaces/%s/leases".formatted(API, ApiServer.encoded(namespace));
  }

  private String path() {
    return all() + "/" + ApiServer.encoded(name);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
