package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The fields that were read of an object in the Kubernetes API.
 *
 * @param json these fields, and no other ones
 * @param cut those of them that are longer than what was read, as JSON pointers
 */
record ApiObject(ObjectNode json, Set<String> cut) {
  /** An object of which nothing was read. */
  static final ApiObject EMPTY = new ApiObject(JsonNodeFactory.instance.objectNode(), Set.of());

  private static final String ANNOTATIONS = "/metadata/annotations";

  ApiObject {
    cut = Set.copyOf(cut);
  }

  /** Returns an annotation's place, as a JSON pointer (RFC 6901). */
  static String annotation(String key) {
    return ANNOTATIONS + "/" + key.replace("~", "~0").replace("/", "~1");
  }

  /** Returns the name that people know a place by. */
  static String nameOf(String pointer) {
    String annotations = annotation("");
    return pointer.startsWith(annotations)
        ? "annotation "
            + pointer.substring(annotations.length()).replace("~1", "/").replace("~0", "~")
        : pointer.substring(1).replace("/", ".");
  }

  /** Returns the text there; empty where there is none. */
  String text(String pointer) {
    return json.at(pointer).asText("");
  }

  /** Returns the number there, if there is one. */
  Optional<Long> number(String pointer) {
    JsonNode value = json.at(pointer);
    return value.isIntegralNumber() ? Optional.of(value.longValue()) : Optional.empty();
  }

  /** Returns the items of the list there; none where there is no list. */
  Stream<JsonNode> items(String pointer) {
    JsonNode list = json.at(pointer);
    return list.isArray() ? StreamSupport.stream(list.spliterator(), false) : Stream.empty();
  }

  String namespace() {
    return text("/metadata/namespace");
  }

  String name() {
    return text("/metadata/name");
  }

  String uid() {
    return text("/metadata/uid");
  }

  String resourceVersion() {
    return text("/metadata/resourceVersion");
  }

  /** Returns the annotations that were read. */
  Map<String, String> annotations() {
    Map<String, String> annotations = new LinkedHashMap<>();
    json.at(ANNOTATIONS)
        .properties()
        .forEach(field -> annotations.put(field.getKey(), field.getValue().asText("")));
    return annotations;
  }
}
