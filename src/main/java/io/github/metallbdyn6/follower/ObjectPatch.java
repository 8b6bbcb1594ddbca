package io.github.metallbdyn6.follower;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.PrefixChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Renumbers a Kubernetes object, by a JSON patch that names each string that changes. The object
 * keeps the prefix that it was written for, so that one that missed changes still follows.
 */
public final class ObjectPatch {
  /** The annotation with the delegated prefix that the object was last written for. */
  public static final String WRITTEN_FOR = "metallb-dyn6/renumbered-for";

  private static final String ANNOTATIONS = "/metadata/annotations";

  /** They identify the object, or are another one's to write. */
  private static final Set<String> KEPT = Set.of("/apiVersion", "/kind", "/status");

  private static final Set<String> KEPT_ANNOTATIONS =
      Set.of("kubectl.kubernetes.io/last-applied-configuration", WRITTEN_FOR);

  private final Ipv6Prefix now;
  private final List<Renumbering> renumberings;
  private final List<Map<String, Object>> operations = new ArrayList<>();

  private ObjectPatch(JsonNode object, Ipv6Prefix now, Optional<Ipv6Prefix> previous) {
    this.now = now;
    this.renumberings =
        Stream.of(writtenFor(object), previous)
            .flatMap(Optional::stream)
            .distinct()
            .map(before -> new Renumbering(new PrefixChange(before, now)))
            .toList();
    walk(object, "");
  }

  /**
   * Returns the operations of the patch; none where no string has an address to renumber.
   *
   * @param previous the prefix before, for an object that says none
   * @throws IllegalArgumentException as {@link Renumbering#of}
   */
  public static List<Map<String, Object>> of(
      JsonNode object, Ipv6Prefix now, Optional<Ipv6Prefix> previous) {
    ObjectPatch patch = new ObjectPatch(object, now, previous);
    return patch.operations.isEmpty() ? List.of() : patch.whole(object);
  }

  private static Optional<Ipv6Prefix> writtenFor(JsonNode object) {
    String text = object.at(ANNOTATIONS).path(WRITTEN_FOR).asText("");
    return Ipv6Prefix.parseLoosely(text);
  }

  private void walk(JsonNode node, String path) {
    if (node.isTextual()) {
      renumber(node.textValue(), path);
    }
    node.properties()
        .forEach(
            field -> {
              String place = path + "/" + escaped(field.getKey());
              if (isOpen(place, path, field.getKey())) {
                walk(field.getValue(), place);
              }
            });
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(node.get(i), path + "/" + i);
    }
  }

  /** Only the annotations among the metadata are a person's text. */
  private static boolean isOpen(String place, String parent, String name) {
    return !KEPT.contains(place)
        && (!parent.equals("/metadata") || place.equals(ANNOTATIONS))
        && !(parent.equals(ANNOTATIONS) && KEPT_ANNOTATIONS.contains(name));
  }

  private void renumber(String text, String path) {
    String changed = text;
    for (Renumbering renumbering : renumberings) {
      changed = renumbering.of(changed);
    }
    if (!changed.equals(text)) {
      operations.add(operation("replace", path, changed));
    }
  }

  private List<Map<String, Object>> whole(JsonNode object) {
    List<Map<String, Object>> all = new ArrayList<>();
    all.add(
        operation(
            "test", "/metadata/resourceVersion", object.at("/metadata/resourceVersion").asText()));
    all.addAll(operations);
    all.add(
        object.at(ANNOTATIONS).isObject()
            ? operation("add", ANNOTATIONS + "/" + escaped(WRITTEN_FOR), now.toString())
            : operation("add", ANNOTATIONS, Map.of(WRITTEN_FOR, now.toString())));
    return all;
  }

  private static Map<String, Object> operation(String what, String path, Object value) {
    Map<String, Object> operation = new LinkedHashMap<>();
    operation.put("op", what);
    operation.put("path", path);
    operation.put("value", value);
    return operation;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
