package io.github.metallbdyn6.status;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.w3c.dom.Element;

/** The attributes of an element of a template as those of the element in the page. */
final class Attributes {
  private static final String FILLED = "data-";

  /** They tell what becomes of the element. */
  private static final Set<String> ORDERS =
      Set.of(
          "data-if",
          "data-unless",
          "data-each",
          "data-name",
          "data-text",
          "data-time",
          "data-ago",
          "hidden");

  private Attributes() {}

  static List<Piece> of(Element element) {
    return IntStream.range(0, element.getAttributes().getLength())
        .mapToObj(element.getAttributes()::item)
        .filter(it -> !ORDERS.contains(it.getNodeName()))
        .filter(it -> !element.hasAttribute(FILLED + it.getNodeName()))
        .map(it -> attribute(it.getNodeName(), it.getNodeValue()))
        .toList();
  }

  private static Piece attribute(String name, String value) {
    boolean filled = name.startsWith(FILLED);
    String start = " %s=\"".formatted(filled ? name.substring(FILLED.length()) : name);
    Piece content = filled ? Phrase.of(value) : Piece.text(value);
    return Piece.all(List.of(Piece.markup(start), content, Piece.markup("\"")));
  }

  /** Has an element that is to show a time show it. */
  static void spellOutTimes(Element element) {
    if (element.hasAttribute("data-time")) {
      String time = element.getAttribute("data-time");
      element.setAttribute("data-datetime", "{%s}".formatted(time));
      element.setAttribute("data-text", "{%s|time}".formatted(time));
    }
    if (element.hasAttribute("data-ago")) {
      String time = element.getAttribute("data-ago");
      element.setAttribute("data-datetime", "{%s}".formatted(time));
      element.setAttribute("data-title", "{%s|time}".formatted(time));
      element.setAttribute("data-text", "{%s|ago}".formatted(time));
    }
  }
}
