package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources that the user tells what to read: json, text and static. */
class AnySourceTest {

  private abstract static class Asking extends RouteAlone {
    private final String source;

    Asking(String source, Map<String, String> parameters) {
      super(
          isp -> {
            Map<String, String> all = new HashMap<>(parameters);
            all.put("METALLB_DYN6_JSON_URL", isp.url());
            all.put("METALLB_DYN6_TEXT_URL", isp.url());
            return all;
          });
      this.source = "source-" + source;
    }

    String ask(String answer) throws Exception {
      load("1-find-prefix", source);
      context.start();
      isp.answers(200, Map.of(), answer);
      return call(source, null, String.class);
    }

    void assertRefused(String answer, Reason reason) {
      assertThatThrownBy(() -> ask(answer))
          .rootCause()
          .isInstanceOfSatisfying(
              RefusedAnswer.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
  }

  @Nested
  class Json extends Asking {
    Json() {
      super("json", Map.of());
    }

    @Test
    void isReadAtTheFieldIp() throws Exception {
      assertThat(ask("{\"ip\":\"2001:db8::1\",\"port\":443}")).isEqualTo("2001:db8::1");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "{}|EMPTY",
          "{\"ip\":null}|EMPTY",
          "null|EMPTY",
          "[]|EMPTY",
          "{\"ip\":17}|MALFORMED",
          "{\"ip\":{\"v6\":\"2001:db8::1\"}}|MALFORMED",
          "{\"ip\":[]}|EMPTY",
          "{\"ip\":[\"2001:db8::1\",false]}|MALFORMED"
        })
    void isRefusedWhereThereIsNoTextAtThatPlace(String answer, Reason reason) {
      assertRefused(answer, reason);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "<html>",
          "{\"ip\":\"2001:db8::1\"} {\"ip\":\"2001:db8::2\"}",
          "{\"ip\":\"2001:db8::1\",\"ip\":\"2001:db8::2\"}"
        })
    void isRefusedWhereItIsNotOneDocument(String answer) {
      assertThatThrownBy(() -> ask(answer)).hasRootCauseInstanceOf(JsonProcessingException.class);
    }
  }

  @Nested
  class JsonOfARouter extends Asking {
    JsonOfARouter() {
      super(
          "json",
          Map.of(
              "METALLB_DYN6_JSON_PATH",
              "$.interfaces[?(@.name == 'lan')].addresses[?(@ =~ /2.*/)]"));
    }

    @Test
    void givesEachMatchALine() throws Exception {
      assertThat(
              ask(
                  """
                  {"interfaces":[
                    {"name":"wan","addresses":["2001:db8:f::2"]},
                    {"name":"lan","addresses":["2001:db8:a::1","fd00:db8::1","2001:db8:a::2"]}]}
                  """))
          .isEqualTo("2001:db8:a::1\n2001:db8:a::2");
    }

    @Test
    void isRefusedWhereNothingMatches() {
      assertRefused("{\"interfaces\":[{\"name\":\"wan\"}]}", Reason.EMPTY);
    }
  }

  @Nested
  class Text extends Asking {
    Text() {
      super("text", Map.of());
    }

    @Test
    void isAskedForWithoutCredentials() throws Exception {
      ask("2001:db8::1");
      assertThat(isp.lastHeader("Authorization")).isEmpty();
    }

    @Test
    void isTakenAsItIs() throws Exception {
      assertThat(ask(" 2001:db8::1\r\n")).isEqualTo("2001:db8::1");
    }

    @Test
    void keepsEveryWordSoThatProseIsNoAddress() throws Exception {
      assertThat(ask("see 2001:db8::1")).isEqualTo("see\n2001:db8::1");
    }
  }

  @Nested
  class JsonWithCredentials extends Asking {
    JsonWithCredentials() {
      super("json", Map.of("METALLB_DYN6_JSON_AUTHORIZATION", "Bearer s'ecret"));
    }

    @Test
    void sendsThemAsTheyAre() throws Exception {
      ask("{\"ip\":\"2001:db8::1\"}");
      assertThat(isp.lastHeader("Authorization")).contains("Bearer s'ecret");
    }

    @Test
    void keepsThemToItself() {
      assertThatThrownBy(() -> ask("{\"ip\":"))
          .satisfies(
              failure ->
                  assertThat(Stream.iterate(failure, Objects::nonNull, Throwable::getCause))
                      .noneMatch(cause -> String.valueOf(cause.getMessage()).contains("ecret")));
    }
  }

  @Nested
  class TextWithAPattern extends Asking {
    TextWithAPattern() {
      super("text", Map.of("METALLB_DYN6_TEXT_PATTERN", "(?m)^'lan': \"([^\"]{2,40})\"\\s*$"));
    }

    @Test
    void isWhatTheFirstGroupMatches() throws Exception {
      assertThat(ask("'wan': \"2001:db8:f::2\"\n'lan': \"2001:db8:a::/56\"\n"))
          .isEqualTo("2001:db8:a::/56");
    }

    @Test
    void isRefusedWhereNothingMatches() {
      assertRefused("'wan': \"2001:db8:f::2\"\n", Reason.EMPTY);
    }
  }

  @Nested
  class Static extends Asking {
    Static() {
      super("static", Map.of("METALLB_DYN6_STATIC_PREFIX", "2001:db8:12ab:3400::/56"));
    }

    @Test
    void isThePrefixInTheSettings() throws Exception {
      assertThat(ask("")).isEqualTo("2001:db8:12ab:3400::/56");
      assertThat(isp.timesAsked()).isZero();
    }
  }
}
