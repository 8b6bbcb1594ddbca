package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.pass.KubernetesEvent;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * Kubernetes Events (events.k8s.io/v1) on whatever object.
 *
 * <p>Written without the client's typed model of an Event, as the pods are read without theirs.
 */
final class EventWriter {
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

  EventWriter(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Creates an Event in one request, in the namespace of the object.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  void create(KubernetesEvent event, ObjectReference regarding) {
    GenericKubernetesResource resource = new GenericKubernetesResource();
    resource.setApiVersion("events.k8s.io/v1");
    resource.setKind(DEFINITION.getKind());
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(regarding.namespace())
            .withGenerateName(regarding.name() + "-") // before the letters only a dash is valid
            .build());
    resource.setAdditionalProperties(
        Map.of(
            "eventTime", microTime(event.at()),
            "type", event.type().name(),
            "reason", event.reason(),
            "action", event.action(),
            "note", firstBytes(event.note()),
            "regarding", regarding.asMap(),
            "reportingController", CONTROLLER,
            "reportingInstance", instance()));
    client
        .genericKubernetesResources(DEFINITION)
        .inNamespace(regarding.namespace())
        .resource(resource)
        .create();
  }

  /** Returns a time as Kubernetes writes it where seconds are too coarse. */
  static String microTime(Instant time) {
    return MICRO_TIME.format(time);
  }

  /** The object that an Event is about; kubectl finds the Event by the uid. */
  record ObjectReference(
      String apiVersion, String kind, String namespace, String name, String uid) {
    Map<String, String> asMap() {
      return Map.of(
          "apiVersion", apiVersion, "kind", kind, "namespace", namespace, "name", name, "uid", uid);
    }
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
