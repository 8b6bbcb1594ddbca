package io.github.metallbdyn6.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Refusals of the real API server when an Event (events.k8s.io/v1) is created ({@code
 * ValidateEventCreate}), beside what it says to the metadata of any object.
 */
final class EventAdmission {
  private static final int UNPROCESSABLE = 422;
  private static final int LABEL_BYTES = 128;
  private static final int NOTE_BYTES = 1024;

  /** The first ones are refused, the last ones are not known under that name and left out. */
  private static final List<String> OF_OLDER_EVENTS =
      List.of(
          "deprecatedFirstTimestamp",
          "deprecatedLastTimestamp",
          "deprecatedCount",
          "deprecatedSource",
          "firstTimestamp",
          "lastTimestamp",
          "count",
          "source",
          "message");

  private static final Pattern MICRO_TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}(?:Z|[+-]\\d\\d:\\d\\d)");

  private EventAdmission() {}

  static boolean concerns(String path) {
    return path.startsWith("/apis/events.k8s.io/v1/namespaces/") && path.endsWith("/events");
  }

  static void admit(String path, JsonNode event) throws KubernetesCrudDispatcherException {
    require("Event".equals(event.path("kind").asText()), "kind");
    require("events.k8s.io/v1".equals(event.path("apiVersion").asText()), "apiVersion");
    require(MICRO_TIME.matcher(event.path("eventTime").asText()).matches(), "eventTime");
    require(Set.of("Normal", "Warning").contains(event.path("type").asText()), "type");
    for (String field : List.of("reportingController", "reportingInstance", "action", "reason")) {
      int bytes = bytes(event.path(field));
      require(bytes > 0 && bytes <= LABEL_BYTES, field);
    }
    require(
        MetadataAdmission.isQualifiedName(event.path("reportingController").asText()),
        "reportingController");
    require(bytes(event.path("note")) <= NOTE_BYTES, "note");
    JsonNode series = event.path("series");
    require(series.isMissingNode() || series.path("count").asInt() >= 2, "series.count");
    String namespace = event.at("/metadata/namespace").asText();
    require(path.contains("/namespaces/" + namespace + "/"), "metadata.namespace");
    require(namespace.equals(event.at("/regarding/namespace").asText()), "regarding.namespace");
    for (String field : OF_OLDER_EVENTS) {
      require(!event.has(field), field);
    }
  }

  private static int bytes(JsonNode text) {
    return text.asText().getBytes(StandardCharsets.UTF_8).length;
  }

  private static void require(boolean valid, String field)
      throws KubernetesCrudDispatcherException {
    if (!valid) {
      throw new KubernetesCrudDispatcherException(
          "Event.events.k8s.io is invalid: " + field, UNPROCESSABLE);
    }
  }
}
