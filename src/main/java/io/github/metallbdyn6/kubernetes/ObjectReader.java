package io.github.metallbdyn6.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects from an answer of the API server as the answer arrives, and keeps of each the
 * fields that are asked for. Other fields of the same objects take no memory, however much it is.
 */
final class ObjectReader implements AutoCloseable {
  /** Longer than everything that the program, MetalLB or the API server writes into one field. */
  static final int LONGEST_TEXT = 1024;

  /** More than MetalLB can use. */
  static final int LONGEST_LIST = 1000;

  /** A character that is written as an escape takes so many bytes. */
  private static final int BYTES_OF_ESCAPE = 6;

  /** Tables of names would be filled with those that others choose. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final Fields OF_LIST = Fields.of("/resourceVersion", "/continue");

  private final ShortTexts answer;
  private final JsonParser parser;
  private final Fields fields;
  private Set<String> cut = new HashSet<>();

  ObjectReader(InputStream answer, Fields fields) throws IOException {
    this.answer = new ShortTexts(answer, BYTES_OF_ESCAPE * (fields.longest() + 1));
    this.parser = JSON.createParser(this.answer);
    this.fields = fields;
  }

  /** Something that happened to a watched object; {@code type} is the API's word for what. */
  record Event(String type, ApiObject object) {}

  /**
   * The fields of a list besides its objects.
   *
   * @param next where the list goes on; empty at its end
   * @param bytes the length of the answer
   */
  record Page(String resourceVersion, String next, long bytes) {}

  /** Reads an answer that is one object. */
  ApiObject object() throws IOException {
    begin();
    ApiObject object = object(fields);
    end();
    return object;
  }

  /** Reads a list, and hands on each of its items. */
  Page list(Consumer<ApiObject> each) throws IOException {
    begin();
    ApiObject metadata = ApiObject.EMPTY;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("metadata") && value == JsonToken.START_OBJECT) {
        metadata = object(OF_LIST);
      } else if (name.equals("items") && value == JsonToken.START_ARRAY) {
        items(each);
      } else {
        parser.skipChildren();
      }
    }
    end();
    return new Page(metadata.text("/resourceVersion"), metadata.text("/continue"), answer.bytes());
  }

  private void items(Consumer<ApiObject> each) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      each.accept(object(fields));
    }
  }

  /** Waits for the next event of a watch; nothing when the API server has ended the watch. */
  Optional<Event> event() throws IOException {
    if (parser.nextToken() == null) {
      return Optional.empty();
    }
    String type = "";
    ApiObject object = ApiObject.EMPTY;
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      if (name.equals("type")) {
        type = parser.getText();
      } else if (name.equals("object") && value == JsonToken.START_OBJECT) {
        object = object(fields);
      } else {
        parser.skipChildren();
      }
    }
    return Optional.of(new Event(type, object));
  }

  private void begin() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new IOException("the answer is no JSON object");
    }
  }

  /** A connection is used again only if its answer was read to the end. */
  private void end() throws IOException {
    if (parser.nextToken() != null) {
      throw new IOException("the answer goes on after its end");
    }
  }

  private ApiObject object(Fields wanted) throws IOException {
    cut = new HashSet<>();
    return new ApiObject(object(wanted, ""), cut);
  }

  private ObjectNode object(Fields wanted, String place) throws IOException {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      @Nullable Fields inside = wanted.of(name);
      if (inside == null) {
        parser.skipChildren();
      } else {
        object.set(name, value(inside, place + "/" + name.replace("~", "~0").replace("/", "~1")));
      }
    }
    return object;
  }

  private JsonNode value(Fields wanted, String place) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(wanted, place);
      case START_ARRAY -> list(wanted, place);
      case VALUE_STRING -> text(wanted, place);
      case VALUE_NUMBER_INT -> LongNode.valueOf(parser.getLongValue());
      case VALUE_TRUE, VALUE_FALSE -> BooleanNode.valueOf(parser.getBooleanValue());
      default -> NullNode.instance;
    };
  }

  /** A list in a list is none that the program reads. */
  private ArrayNode list(Fields wanted, String place) throws IOException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean full = list.size() == LONGEST_LIST;
      if (full) {
        cut.add(place);
      }
      if (full || parser.currentToken() == JsonToken.START_ARRAY) {
        parser.skipChildren();
      } else {
        list.add(value(wanted, place));
      }
    }
    return list;
  }

  private TextNode text(Fields wanted, String place) throws IOException {
    String text = parser.getText();
    if (text.length() <= wanted.longest()) {
      return TextNode.valueOf(text);
    }
    cut.add(place);
    return TextNode.valueOf(text.substring(0, wanted.longest()) + "…");
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
