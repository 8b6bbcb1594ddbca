package io.github.metallbdyn6.status;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A piece of HTML. It is made of elements and texts only, and every text is escaped on its way in,
 * so that what a source or the cluster says can never become markup.
 */
final class Markup implements Part {
  private static final Markup NOTHING = new Markup("");
  private static final char REPLACEMENT = '\uFFFD';
  private static final List<String> WITHOUT_END = List.of("meta", "link", "br");

  private final String html;

  private Markup(String html) {
    this.html = html;
  }

  /**
   * An attribute of an element.
   *
   * @param name as HTML spells it
   * @param value as it is, not escaped
   */
  record Attribute(String name, String value) implements Part {
    private String html() {
      return " %s=\"%s\"".formatted(name, escape(value));
    }
  }

  static Markup nothing() {
    return NOTHING;
  }

  static Markup text(Object text) {
    return new Markup(escape(String.valueOf(text)));
  }

  static Attribute attribute(String name, Object value) {
    return new Attribute(name, String.valueOf(value));
  }

  static Attribute id(String value) {
    return attribute("id", value);
  }

  static Attribute styled(String classes) {
    return attribute("class", classes);
  }

  static Markup join(List<Markup> parts) {
    return new Markup(parts.stream().map(Markup::html).collect(Collectors.joining()));
  }

  static Markup element(String name, Part... parts) {
    String attributes =
        Arrays.stream(parts)
            .filter(Attribute.class::isInstance)
            .map(part -> ((Attribute) part).html())
            .collect(Collectors.joining());
    String content =
        Arrays.stream(parts)
            .filter(Markup.class::isInstance)
            .map(part -> ((Markup) part).html())
            .collect(Collectors.joining());
    String end = WITHOUT_END.contains(name) ? "" : "</%s>".formatted(name);
    return new Markup("<%s%s>%s%s".formatted(name, attributes, content, end));
  }

  String html() {
    return html;
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints().forEach(character -> append(escaped, character));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, int character) {
    switch (character) {
      case '&' -> escaped.append("&amp;");
      case '<' -> escaped.append("&lt;");
      case '>' -> escaped.append("&gt;");
      case '"' -> escaped.append("&quot;");
      case '\'' -> escaped.append("&#39;");
      default -> escaped.appendCodePoint(isInvisible(character) ? REPLACEMENT : character);
    }
  }

  /** Among them are those that turn the direction of writing, and so make a text lie. */
  private static boolean isInvisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
