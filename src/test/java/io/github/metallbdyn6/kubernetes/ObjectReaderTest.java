package io.github.metallbdyn6.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.kubernetes.ObjectReader.Event;
import io.github.metallbdyn6.kubernetes.ObjectReader.Page;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectReaderTest {
  private static final String NOTE = "/metadata/annotations/example.com~1note";
  private static final Fields FIELDS =
      Fields.of("/metadata/name", NOTE, "/spec/ports/port", "/spec/addresses", "/status/count");

  private static ObjectReader reader(String json) throws IOException {
    return new ObjectReader(new ByteArrayInputStream(json.getBytes(UTF_8)), FIELDS);
  }

  private static ApiObject read(String json) throws IOException {
    try (ObjectReader reader = reader(json)) {
      return reader.object();
    }
  }

  @Test
  void keepsTheFieldsThatAreAskedForAndNoOther() throws IOException {
    ApiObject object =
        read(
            """
            {"kind":"Thing","metadata":{"uid":"x","name":"one","annotations":{"other":"{}","example.com/note":"hi"}},
             "spec":{"ports":[{"port":80,"name":"web"},{"port":443}],"addresses":["a","b"],"type":"X"},
             "status":{"count":7,"conditions":[{"type":"Ready"}]}}
            """);

    assertThat(object.json())
        .hasToString(
            """
            {"metadata":{"name":"one","annotations":{"example.com/note":"hi"}},\
            "spec":{"ports":[{"port":80},{"port":443}],"addresses":["a","b"]},\
            "status":{"count":7}}""");
    assertThat(object.cut()).isEmpty();
    assertThat(object.annotations()).containsOnly(Map.entry("example.com/note", "hi"));
    assertThat(object.number("/status/count")).contains(7L);
  }

  @Test
  void keepsTheBeginningOfWhatIsTooLongAndSaysSo() throws IOException {
    String longest = "x".repeat(ObjectReader.LONGEST_TEXT);
    ApiObject whole =
        read("{\"metadata\":{\"annotations\":{\"example.com/note\":\"%s\"}}}".formatted(longest));
    ApiObject cut =
        read(
            "{\"metadata\":{\"annotations\":{\"example.com/note\":\"%sy\",\"other\":\"%s\"}}}"
                .formatted(longest, longest.repeat(9)));

    assertThat(whole.text(NOTE)).isEqualTo(longest);
    assertThat(whole.cut()).isEmpty();
    assertThat(cut.text(NOTE)).isEqualTo(longest + "…");
    assertThat(cut.cut()).containsExactly(NOTE);
  }

  /** As the API server writes markup, and whatever is no printable character. */
  @Test
  void countsCharactersAndNotTheBytesOfEscapes() throws IOException {
    String escaped = "\\u003c".repeat(ObjectReader.LONGEST_TEXT);
    String json = "{\"metadata\":{\"annotations\":{\"example.com/note\":\"%s\"}}}";

    ApiObject whole = read(json.formatted(escaped));
    assertThat(whole.text(NOTE)).isEqualTo("<".repeat(ObjectReader.LONGEST_TEXT));
    assertThat(whole.cut()).isEmpty();
    assertThat(read(json.formatted(escaped + "\\u003c")).cut()).containsExactly(NOTE);
  }

  @Test
  void keepsTheFirstItemsOfAListThatIsTooLong() throws IOException {
    String items = String.join(",", Collections.nCopies(ObjectReader.LONGEST_LIST + 1, "\"a\""));
    ApiObject object = read("{\"spec\":{\"addresses\":[%s]}}".formatted(items));

    assertThat(object.items("/spec/addresses")).hasSize(ObjectReader.LONGEST_LIST);
    assertThat(object.cut()).containsExactly("/spec/addresses");
  }

  @Test
  void readsWhatHasAnotherShapeThanExpected() throws IOException {
    ApiObject object =
        read(
            """
            {"metadata":null,"spec":{"ports":"none","addresses":[["a"],{"b":1},2.5,true,null]},"status":[1]}
            """);

    assertThat(object.items("/spec/ports").toList()).isEmpty();
    assertThat(object.items("/spec/addresses")).noneMatch(JsonNode::isTextual).hasSize(4);
    assertThat(object.text("/metadata/name")).isEmpty();
    assertThat(object.number("/status/count")).isEmpty();
  }

  @Test
  void handsOnEachObjectOfAList() throws IOException {
    List<String> names = new ArrayList<>();
    String json =
        """
        {"kind":"ThingList","metadata":{"resourceVersion":"12","continue":"next","remainingItemCount":5},
         "items":[{"metadata":{"name":"one"}},{"metadata":{"name":"two"}}]}
        """;
    try (ObjectReader reader = reader(json)) {
      Page page = reader.list(object -> names.add(object.name()));
      assertThat(page).isEqualTo(new Page("12", "next", json.length()));
    }
    assertThat(names).containsExactly("one", "two");
  }

  @Test
  void readsAListWithoutObjects() throws IOException {
    try (ObjectReader reader =
        reader("{\"items\":null,\"metadata\":{\"resourceVersion\":\"3\"}}")) {
      Page page = reader.list(object -> {});
      assertThat(page.next()).isEmpty();
      assertThat(page.resourceVersion()).isEqualTo("3");
    }
  }

  @Test
  void readsTheEventsOfAWatchOneByOne() throws IOException {
    try (ObjectReader reader =
        reader(
            """
            {"type":"ADDED","object":{"metadata":{"name":"one"}}}
            {"object":{"metadata":{"name":"two","annotations":{"a":"b"}}},"type":"DELETED"}
            """)) {
      assertThat(reader.event()).map(Event::type).contains("ADDED");
      assertThat(reader.event()).map(event -> event.object().name()).contains("two");
      assertThat(reader.event()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>", "[]", "{\"metadata\":{\"name\":\"o", "{} {}", "{\"metadata\"}"})
  void saysThatAnAnswerIsNone(String answer) {
    assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
  }
}
