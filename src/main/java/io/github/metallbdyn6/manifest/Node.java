package io.github.metallbdyn6.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a manifest; what is not there is an empty part.
 *
 * @param value as the parser made it: a map, a list, a text, a number
 */
record Node(@Nullable Object value) {

  Node at(String... keys) {
    Node node = this;
    for (String key : keys) {
      node = new Node(node.value instanceof Map<?, ?> map ? map.get(key) : null);
    }
    return node;
  }

  List<Node> list() {
    return value instanceof List<?> list ? list.stream().map(Node::new).toList() : List.of();
  }

  Map<String, Node> map() {
    Map<String, Node> nodes = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, child) -> nodes.put(String.valueOf(key), new Node(child)));
    }
    return nodes;
  }

  boolean isThere() {
    return value != null;
  }

  /** Tells whether Kubernetes takes it where a text is wanted. */
  boolean isText() {
    return value == null || value instanceof String;
  }

  String text() {
    return value == null ? "" : value.toString();
  }
}
