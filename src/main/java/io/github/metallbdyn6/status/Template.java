package io.github.metallbdyn6.status;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A page that is a file: a browser shows the file as it is, with examples, and the program puts
 * values in their place. The comment in {@code page.html} tells how. Every text is escaped.
 */
final class Template {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final Set<String> WITHOUT_END = Set.of("meta", "link", "br");

  private final Map<String, Piece> named = new HashMap<>();
  private final Piece page;

  Template(String xml) {
    page = element(parse(xml));
  }

  private static Element parse(String xml) {
    try {
      DocumentBuilderFactory parsers = DocumentBuilderFactory.newDefaultInstance();
      parsers.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      InputSource source = new InputSource(new StringReader(xml));
      return parsers.newDocumentBuilder().parse(source).getDocumentElement();
    } catch (ParserConfigurationException | SAXException | IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns the page with the values of this document. */
  String fill(JsonNode document) {
    StringBuilder filled = new StringBuilder("<!DOCTYPE html>\n");
    page.write(new Values(document, document), filled);
    return filled.toString();
  }

  private Piece element(Element element) {
    Piece one = element.hasAttribute("data-like") ? alike(element) : markup(element);
    if (element.hasAttribute("data-name")) {
      named.put(element.getAttribute("data-name"), one);
    }
    return repeated(element, conditional(element, one));
  }

  private Piece alike(Element element) {
    String name = element.getAttribute("data-like");
    return Optional.ofNullable(named.get(name))
        .orElseThrow(() -> new IllegalArgumentException("No element above has the name " + name));
  }

  private Piece markup(Element element) {
    Attributes.spellOutTimes(element);
    String name = element.getTagName();
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.markup("<" + name));
    pieces.addAll(Attributes.of(element));
    if (WITHOUT_END.contains(name)) {
      pieces.add(Piece.markup("/>"));
    } else {
      pieces.add(Piece.markup(">"));
      pieces.addAll(content(element));
      pieces.add(Piece.markup("</%s>".formatted(name)));
    }
    return Piece.all(pieces);
  }

  private List<Piece> content(Element element) {
    if (element.hasAttribute("data-text")) {
      return List.of(Phrase.of(element.getAttribute("data-text")));
    }
    return IntStream.range(0, element.getChildNodes().getLength())
        .mapToObj(element.getChildNodes()::item)
        .map(this::node)
        .toList();
  }

  private Piece node(Node node) {
    if (node instanceof Element element && !element.hasAttribute("data-example")) {
      return element(element);
    }
    boolean isText = node.getNodeType() == Node.TEXT_NODE;
    return Piece.text(isText ? SPACE.matcher(node.getNodeValue()).replaceAll(" ") : "");
  }

  private static Piece conditional(Element element, Piece one) {
    List<String> wanted = names(element.getAttribute("data-if"));
    List<String> unwanted = names(element.getAttribute("data-unless"));
    return (values, page) -> {
      if (wanted.stream().allMatch(values::hold) && unwanted.stream().noneMatch(values::hold)) {
        one.write(values, page);
      }
    };
  }

  private static List<String> names(String attribute) {
    return SPACE.splitAsStream(attribute).filter(name -> !name.isEmpty()).toList();
  }

  private static Piece repeated(Element element, Piece one) {
    String name = element.getAttribute("data-each");
    return name.isEmpty()
        ? one
        : (values, page) -> values.each(name).forEach(value -> one.write(value, page));
  }
}
