package io.github.metallbdyn6.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShortTextsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static String shortened(String json, int longest) throws IOException {
    try (ShortTexts texts = new ShortTexts(stream(json), longest)) {
      return new String(texts.readAllBytes(), UTF_8);
    }
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "|{\"a\":\"12345\"}|, |{\"a\":\"12345\"}|",
        "|{\"a\":\"123456\"}|, |{\"a\":\"12345\"}|",
        "|{\"abcdefg\":[\"123456\",1234567]}|, |{\"abcde\":[\"12345\",1234567]}|",
        "|[\"1234\\\"5\",true]|, |[\"1234\\\"\",true]|",
        "|[\"12345\\\"6\"]|, |[\"12345\"]|",
        "|[\"1234\\\\\",\"x\"]|, |[\"1234\\\\\",\"x\"]|",
        "|[\"12345\\\\\",\"x\"]|, |[\"12345\",\"x\"]|",
        "|[\"123\\u003c5\"]|, |[\"123\\u003c\"]|",
        "|[\"12345\\u0022,\"]|, |[\"12345\"]|",
        "|[\"123ää\"]|, |[\"123ä\"]|",
        "|[\"1234€5\"]|, |[\"1234€\"]|",
      })
  void cutsBetweenTwoCharacters(String json, String expected) throws IOException {
    assertThat(shortened(json, 5)).isEqualTo(expected);
  }

  static Stream<Integer> seeds() {
    return IntStream.range(0, 200).boxed();
  }

  /** A parser finds the same structure, and of every text how it begins. */
  @ParameterizedTest
  @MethodSource("seeds")
  void leavesTheStructureAsItIs(int seed) throws IOException {
    Random random = new Random(seed);
    String[] pieces = {"a", "\"", "\\", "<", "ä", "€", "😀", "{", "]", ",", "\u0001", "\n", "u"};
    ObjectNode object = JSON.createObjectNode();
    for (int i = 0; i < 20; i++) {
      StringBuilder text = new StringBuilder();
      random.ints(random.nextInt(60), 0, pieces.length).forEach(it -> text.append(pieces[it]));
      object.putArray("field" + i).add(text.toString()).add(i).addNull();
    }
    String json = object.toString().replace("<", "\\u003c").replace("ä", "\\u00e4");

    JsonNode read;
    try (ShortTexts texts = new ShortTexts(new Trickle(stream(json), random), 40)) {
      read = JSON.readTree(texts);
      assertThat(texts.bytes()).isEqualTo(json.getBytes(UTF_8).length);
    }

    assertThat(read.size()).isEqualTo(20);
    for (int i = 0; i < 20; i++) {
      String whole = object.at("/field" + i + "/0").textValue();
      String begin = read.at("/field" + i + "/0").textValue();
      assertThat(whole).startsWith(begin.replaceAll("[\ud800-\udbff]$", ""));
      assertThat(
              begin.getBytes(UTF_8).length == whole.getBytes(UTF_8).length
                  || begin.length() >= 40 / 6)
          .isTrue();
      assertThat(read.at("/field" + i + "/1").intValue()).isEqualTo(i);
      assertThat(read.at("/field" + i + "/2").isNull()).isTrue();
    }
  }

  @Test
  void readsOneByteAtATime() throws IOException {
    try (InputStream texts = new ShortTexts(stream("\"123456\" "), 5)) {
      StringBuilder read = new StringBuilder();
      for (int next = texts.read(); next >= 0; next = texts.read()) {
        read.append((char) next);
      }
      assertThat(read).hasToString("\"12345\" ");
    }
  }

  /** As a network does: a few bytes at a time. */
  private static final class Trickle extends FilterInputStream {
    private final Random random;

    Trickle(InputStream in, Random random) {
      super(in);
      this.random = random;
    }

    @Override
    public int read(byte[] target, int offset, int most) throws IOException {
      return super.read(target, offset, Math.min(most, 1 + random.nextInt(7)));
    }
  }
}
