package io.github.metallbdyn6.status;

import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** The elements of a page that is well-formed. */
final class Elements {
  private Elements() {}

  static Element root(String xml) {
    try {
      return DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(xml)))
          .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(xml, e);
    }
  }

  static List<Element> all(Element root) {
    Stream<Element> inside =
        IntStream.range(0, root.getChildNodes().getLength())
            .mapToObj(root.getChildNodes()::item)
            .filter(Element.class::isInstance)
            .flatMap(it -> all((Element) it).stream());
    return Stream.concat(Stream.of(root), inside).toList();
  }

  static Map<String, String> attributes(Element element) {
    Map<String, String> attributes = new TreeMap<>();
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      Node attribute = element.getAttributes().item(i);
      attributes.put(attribute.getNodeName(), attribute.getNodeValue());
    }
    return attributes;
  }
}
