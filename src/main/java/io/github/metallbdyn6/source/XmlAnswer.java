package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.text.ForeignText;
import java.io.IOException;
import java.io.StringReader;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Parses XML that anybody in the home network may have written. A document type is refused: an
 * answer needs none, and it could have files read and other hosts asked (XXE).
 */
public final class XmlAnswer {
  private static final String NO_DOCTYPE = "http://apache.org/xml/features/disallow-doctype-decl";

  /** Each level takes some of the thread's stack when the document is searched. */
  private static final String LEVELS = "32";

  private XmlAnswer() {}

  /**
   * Parses the answer.
   *
   * @throws RefusedAnswer when it is not XML, or has a document type
   */
  public static Document parse(String answer) {
    try {
      DocumentBuilder parser = factory().newDocumentBuilder();
      parser.setErrorHandler(new DefaultHandler()); // which prints nothing, unlike the default
      return parser.parse(new InputSource(new StringReader(answer)));
    } catch (SAXException e) {
      throw new RefusedAnswer(
          Reason.MALFORMED,
          "the answer is not plain XML: " + ForeignText.of(String.valueOf(e.getMessage())));
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("the JVM's XML parser has these features", e);
    }
  }

  private static DocumentBuilderFactory factory() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature(NO_DOCTYPE, true);
    factory.setAttribute("jdk.xml.maxElementDepth", LEVELS);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory;
  }
}
