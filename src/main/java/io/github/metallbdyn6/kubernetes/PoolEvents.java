package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The Kubernetes Events (events.k8s.io/v1) that {@code kubectl describe} shows below the pool.
 *
 * <p>Written without the client's typed model of an Event, as the pods are read without theirs.
 */
public final class PoolEvents {
  private static final String CONTROLLER = "metallb-dyn6";
  private static final ResourceDefinitionContext DEFINITION =
      new ResourceDefinitionContext.Builder()
          .withGroup("events.k8s.io")
          .withVersion("v1")
          .withKind("Event")
          .withPlural("events")
          .withNamespaced(true)
          .build();

  /** The API server refuses a longer note. */
  private static final int NOTE_BYTES = 1024;

  private static final int INSTANCE_CHARACTERS = 128;

  /** Kubernetes' MicroTime. */
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final IpAddressPool pool;

  /** Names the pool that they are about; nothing is asked of the cluster yet. */
  public PoolEvents(KubernetesClient client, String namespace, String name, IpAddressPool pool) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.pool = pool;
  }

  /**
   * Creates an Event in one request; in two when the pool was never read, since kubectl finds a
   * pool's Events by its uid.
   *
   * @throws PoolUnusable when there is no pool that it could be about
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void create(PoolEvent event) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion("events.k8s.io/v1");
    resource.setKind(DEFINITION.getKind());
    resource.setMetadata(
        new ObjectMetaBuilder().withNamespace(namespace).withGenerateName(name + ".").build());
    resource.setAdditionalProperties(
        Map.of(
            "eventTime", MICRO_TIME.format(event.at()),
            "type", event.type().name(),
            "reason", event.reason(),
            "action", event.action(),
            "note", firstBytes(event.note()),
            "regarding", regarding(),
            "reportingController", CONTROLLER,
            "reportingInstance", instance()));
    client
        .genericKubernetesResources(DEFINITION)
        .inNamespace(namespace)
        .resource(resource)
        .create();
  }

  private Map<String, String> regarding() {
    return Map.of(
        "apiVersion",
        IpAddressPool.API,
        "kind",
        IpAddressPool.KIND,
        "namespace",
        namespace,
        "name",
        name,
        "uid",
        pool.uid());
  }

  /** The pod's name, in a pod. */
  private static String instance() {
    String host = System.getenv().getOrDefault("HOSTNAME", "");
    return host.isBlank()
        ? CONTROLLER
        : host.substring(0, Math.min(host.length(), INSTANCE_CHARACTERS));
  }

  /** As many whole characters as the API server takes. */
  static String firstBytes(String note) {
    ByteBuffer bytes = ByteBuffer.allocate(NOTE_BYTES);
    CharBuffer characters = CharBuffer.wrap(note);
    StandardCharsets.UTF_8.newEncoder().encode(characters, bytes, true);
    return note.substring(0, characters.position());
  }
}
