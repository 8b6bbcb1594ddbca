package io.github.metallbdyn6.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * All names in a template, whether their elements are kept or not, as paths in the document such as
 * {@code pool.entries.address}. Each is looked up, so that it has to exist.
 */
final class TemplateNames {
  private static final Pattern SPACE = Pattern.compile(" ");
  private static final Pattern IN_TEXT = Pattern.compile("\\{([^|}]+)");

  private final JsonNode document;
  private final Map<String, Element> models = new HashMap<>();
  private final Set<String> paths = new TreeSet<>();

  private TemplateNames(JsonNode document) {
    this.document = document;
  }

  static Set<String> in(Element template, JsonNode document) {
    TemplateNames names = new TemplateNames(document);
    names.walk(template, "", document);
    return names.paths;
  }

  private void walk(Element element, String path, JsonNode here) {
    if (element.hasAttribute("data-name")) {
      models.put(element.getAttribute("data-name"), element);
    }
    String each = element.getAttribute("data-each");
    if (each.isEmpty()) {
      look(element, path, here);
    } else {
      JsonNode value = find(each, path, here);
      look(element, path(each, path) + ".", value.isArray() ? value.get(0) : value);
    }
  }

  private void look(Element element, String path, JsonNode here) {
    Element model = models.getOrDefault(element.getAttribute("data-like"), element);
    Stream.of(element, model)
        .flatMap(it -> Elements.attributes(it).entrySet().stream())
        .flatMap(it -> names(it.getKey(), it.getValue()))
        .forEach(name -> find(name, path, here));
    IntStream.range(0, model.getChildNodes().getLength())
        .mapToObj(model.getChildNodes()::item)
        .filter(Element.class::isInstance)
        .forEach(child -> walk((Element) child, path, here));
  }

  private static Stream<String> names(String attribute, String value) {
    return switch (attribute) {
      case "data-if", "data-unless" ->
          SPACE.splitAsStream(value).map(it -> it.replaceFirst("=.*", ""));
      case "data-time", "data-ago" -> Stream.of(value);
      default ->
          attribute.startsWith("data-")
              ? IN_TEXT.matcher(value).results().map(it -> it.group(1))
              : Stream.empty();
    };
  }

  private JsonNode find(String name, String path, JsonNode here) {
    paths.add(path(name, path));
    return new Values(document, here).get(name);
  }

  private static String path(String name, String path) {
    String whole = name.replaceFirst("\\[.*", "");
    return whole.startsWith("/") ? whole.substring(1) : path + whole;
  }
}
