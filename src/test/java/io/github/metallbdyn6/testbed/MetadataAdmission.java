package io.github.metallbdyn6.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.server.mock.crud.KubernetesCrudDispatcherException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Refusals of the real API server for the metadata of an object, whatever its kind (apimachinery,
 * {@code ValidateObjectMeta}).
 */
final class MetadataAdmission {
  private static final int UNPROCESSABLE = 422;
  private static final int NAME_CHARACTERS = 253;
  private static final int LABEL_CHARACTERS = 63;
  private static final int ANNOTATION_BYTES = 256 * 1024;

  private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
  private static final Pattern SUBDOMAIN =
      Pattern.compile("%1$s(?:\\.%1$s)*".formatted(LABEL)); // RFC 1123
  private static final Pattern LABEL_VALUE =
      Pattern.compile("(?:[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?)?");

  private MetadataAdmission() {}

  static void admit(JsonNode object) throws KubernetesCrudDispatcherException {
    String kind = object.path("kind").asText();
    JsonNode metadata = object.path("metadata");
    if (metadata.has("name")) {
      require(isSubdomain(metadata.path("name").asText()), kind, "metadata.name");
    }
    if (!metadata.path("generateName").asText().isEmpty()) {
      String masked = withoutTrailingDash(metadata.path("generateName").asText());
      require(isSubdomain(masked), kind, "metadata.generateName");
    }
    int bytes = 0;
    for (Map.Entry<String, JsonNode> annotation : metadata.path("annotations").properties()) {
      String key = annotation.getKey();
      require(isQualifiedName(key.toLowerCase(Locale.ROOT)), kind, "metadata.annotations: " + key);
      require(annotation.getValue().isTextual(), kind, "metadata.annotations: value of " + key);
      bytes += bytes(key) + bytes(annotation.getValue().asText());
    }
    require(bytes <= ANNOTATION_BYTES, kind, "metadata.annotations: too long");
    for (Map.Entry<String, JsonNode> label : metadata.path("labels").properties()) {
      require(isQualifiedName(label.getKey()), kind, "metadata.labels: " + label.getKey());
      require(isLabelValue(label.getValue()), kind, "metadata.labels: value of " + label.getKey());
    }
  }

  /** A generated name ends in letters; of what may stand before them the server allows a dash. */
  private static String withoutTrailingDash(String generateName) {
    return generateName.length() > 1 && generateName.endsWith("-")
        ? generateName.substring(0, generateName.length() - 2) + "a"
        : generateName;
  }

  private static boolean isSubdomain(String name) {
    return name.length() <= NAME_CHARACTERS && SUBDOMAIN.matcher(name).matches();
  }

  /** A name, or one behind a DNS subdomain and a slash. */
  static boolean isQualifiedName(String text) {
    String[] parts = text.split("/", -1);
    String name = parts[parts.length - 1];
    boolean prefixed = parts.length == 1 || (parts.length == 2 && isSubdomain(parts[0]));
    return prefixed
        && !name.isEmpty()
        && name.length() <= LABEL_CHARACTERS
        && LABEL_VALUE.matcher(name).matches();
  }

  private static boolean isLabelValue(JsonNode value) {
    return value.isTextual()
        && value.asText().length() <= LABEL_CHARACTERS
        && LABEL_VALUE.matcher(value.asText()).matches();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static void require(boolean valid, String kind, String field)
      throws KubernetesCrudDispatcherException {
    if (!valid) {
      throw new KubernetesCrudDispatcherException(
          "%s is invalid: %s".formatted(kind, field), UNPROCESSABLE);
    }
  }
}
