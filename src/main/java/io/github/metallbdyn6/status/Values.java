package io.github.metallbdyn6.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The values that a template names. A name that does not exist is an error, not an empty text: the
 * page must not hide what it was to show.
 *
 * @param document the whole document
 * @param here the value in it that is shown at present
 */
record Values(JsonNode document, JsonNode here) {
  private static final Pattern SLICE = Pattern.compile("(.+)\\[(\\d*):(\\d*)]");

  JsonNode get(String name) {
    Matcher slice = SLICE.matcher(name);
    if (name.endsWith("]") && slice.matches()) {
      return slice(get(slice.group(1)), slice.group(2), slice.group(3));
    }
    return name.startsWith("/") ? find(document, name.substring(1)) : find(here, name);
  }

  private static JsonNode find(JsonNode start, String name) {
    JsonNode found = start;
    for (String part : name.split("\\.", -1)) {
      found = child(found, part);
    }
    return found;
  }

  private static JsonNode child(JsonNode parent, String name) {
    if (!parent.isNull() && !parent.has(name)) {
      throw new IllegalArgumentException("There is no value with the name " + name);
    }
    return parent.isNull() ? parent : parent.get(name);
  }

  private static JsonNode slice(JsonNode list, String from, String to) {
    int start = from.isEmpty() ? 0 : Integer.parseInt(from);
    int end = to.isEmpty() ? list.size() : Math.min(Integer.parseInt(to), list.size());
    ArrayNode part = JsonNodeFactory.instance.arrayNode();
    IntStream.range(start, end).mapToObj(list::get).forEach(part::add);
    return part;
  }

  /** Returns the values of a list, or the single value, if there is one. */
  List<Values> each(String name) {
    JsonNode value = get(name);
    Stream<JsonNode> single = value.isNull() ? Stream.empty() : Stream.of(value);
    return (value.isArray() ? value.valueStream() : single)
        .map(it -> new Values(document, it))
        .toList();
  }

  /** Tells whether there is a value with this name, or with {@code name=value} this value. */
  boolean hold(String condition) {
    String[] sides = condition.split("=", 2);
    JsonNode value = get(sides[0]);
    return sides.length == 1 ? isThere(value) : value.asText().equals(sides[1]);
  }

  private static boolean isThere(JsonNode value) {
    return switch (value.getNodeType()) {
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.longValue() != 0;
      case STRING -> !value.textValue().isEmpty();
      default -> !value.isEmpty();
    };
  }

  /** Returns when the document was made. */
  Instant now() {
    return Instant.parse(get("/at").textValue());
  }
}
