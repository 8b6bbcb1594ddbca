package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.handover.ServicePatch;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.text.ForeignText;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Services of all namespaces, of which those of type LoadBalancer matter. */
public final class LoadBalancerServices {
  private static final Duration WATCH_RENEWED = Duration.ofMinutes(5);
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String ALL = "/api/v1/services";

  private final ApiServer api;
  private final Fields fields;
  private volatile boolean told;

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param dnsTargets the annotations of which external-dns reads what to publish
   */
  public LoadBalancerServices(KubernetesClient client, Collection<String> dnsTargets) {
    this(client, dnsTargets, Leadership.ALONE);
  }

  /**
   * Nothing is asked of the cluster yet.
   *
   * @param dnsTargets the annotations of which external-dns reads what to publish
   * @param leadership while this replica does not lead, it changes no service
   */
  public LoadBalancerServices(
      KubernetesClient client, Collection<String> dnsTargets, Leadership leadership) {
    this.api = new ApiServer(client, leadership);
    this.fields = ServiceReader.fields(dnsTargets);
  }

  /**
   * Lists them.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached; 410 when it has forgotten the list before its end
   */
  public List<ServiceState> list() {
    Map<String, ServiceState> found = new LinkedHashMap<>();
    Crowd crowd = new Crowd(Crowd.MOST);
    Set<String> crowded = new TreeSet<>();
    list(
        service -> {
          found.put(service.uid(), service);
          crowd
              .add(service.uid(), service.namespace())
              .map(found::remove)
              .ifPresent(leaving -> crowded.add(leaving.namespace()));
        });
    tellOf(crowded);
    return List.copyOf(found.values());
  }

  /** Once until all have room again. */
  private void tellOf(Set<String> crowded) {
    if (!crowded.isEmpty() && !told) {
      LOG.warn(
          "Some services of {} do not move with the prefix: the program has room for {} services of type LoadBalancer.",
          String.join(", ", crowded),
          Crowd.MOST);
    }
    told = !crowded.isEmpty();
  }

  /** Hands on all of them; returns the version of the list. */
  String list(Consumer<ServiceState> each) {
    return new Chunks(api, ALL, fields).list(object -> ServiceReader.read(object).ifPresent(each));
  }

  /**
   * Patches one in one request, and returns it as it is then.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as for {@link #list}; 409 when
   *     it has changed since it was read
   */
  public Optional<ServiceState> patch(ServicePatch patch) {
    String path =
        "/api/v1/namespaces/%s/services/%s"
            .formatted(patch.service().namespace(), patch.service().name());
    String json = Json.text(patch.asMap());
    LOG.atDebug().log(
        () ->
            "Patch of %s (%s): %s".formatted(patch.service(), patch.kind(), ForeignText.of(json)));
    return ServiceReader.read(api.patch(path, PatchType.JSON_MERGE, json, fields));
  }

  /** Watches all of them; nothing is asked before the watch is started. */
  ObjectWatch watch(ObjectWatch.Listener listener) {
    return new ObjectWatch(api, ALL, fields, listener, WATCH_RENEWED, "metallb-dyn6-watch");
  }
}
