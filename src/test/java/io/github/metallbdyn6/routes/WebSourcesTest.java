package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.Fault;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sources that are a web service, with answers as the services give them. */
class WebSourcesTest extends RouteAlone {
  private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain");
  private static final Map<String, String> HTML =
      Map.of("Content-Type", "text/html; charset=utf-8");

  /** As echoip, the program behind ifconfig.co, answers. */
  private static final String ECHOIP =
      """
      {
        "ip": "2001:db8::5c1e",
        "ip_decimal": 42540766411282592856903984951653851678,
        "country": "Nowhere",
        "country_iso": "XX",
        "country_eu": false,
        "latitude": 0,
        "longitude": 0,
        "asn": "AS64496",
        "user_agent": {"product": "metallb-dyn6", "raw_value": "metallb-dyn6"}
      }
      """;

  private enum Source {
    ICANHAZIP("2001:db8::5c1e\n"),
    IDENT_ME("2001:db8::5c1e"),
    SEEIP("2001:db8::5c1e"),
    IPIFY("{\"ip\":\"2001:db8::5c1e\"}"),
    IFCONFIG_CO(ECHOIP);

    private final String answer;

    Source(String answer) {
      this.answer = answer;
    }

    String route() {
      return "source-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String variable() {
      return "METALLB_DYN6_" + name() + "_URL";
    }

    boolean isJson() {
      return answer.startsWith("{");
    }
  }

  WebSourcesTest() {
    super(WebSourcesTest::urls);
  }

  private static Map<String, String> urls(FakeIsp isp) {
    return Stream.of(Source.values())
        .collect(Collectors.toMap(Source::variable, source -> isp.url()));
  }

  private String ask(Source source) throws Exception {
    if (context.getRoute(source.route()) == null) {
      load("1-find-prefix", source.route());
      context.start();
    }
    return call(source.route(), null, String.class);
  }

  @ParameterizedTest
  @EnumSource
  void readTheAddress(Source source) throws Exception {
    isp.answers(
        200, source.isJson() ? Map.of("Content-Type", "application/json") : TEXT, source.answer);
    assertThat(ask(source)).isEqualToIgnoringWhitespace("2001:db8::5c1e");
  }

  @ParameterizedTest
  @EnumSource
  void takeNothingFromAWebPage(Source source) {
    isp.answers(200, HTML, "<html><body>" + source.answer + "</body></html>");
    assertThatThrownBy(() -> ask(source))
        .rootCause()
        .isInstanceOf(RefusedAnswer.class)
        .hasMessageContaining("a web page");
  }

  /** As of a script whose author did not think of its type. */
  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::5c1e", " 2001:db8::5c1e\r\n", "2001:db8:0:1200::/56\n"})
  void takeOneAddressWhateverItsTypeIs(String answer) throws Exception {
    isp.answers(200, HTML, answer);
    assertThat(ask(Source.ICANHAZIP)).isEqualTo(answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8::1 <br>", "2001:db8::1\n2001:db8::2", "Please log in", ""})
  void takeNothingElseOfThatType(String answer) {
    isp.answers(200, HTML, answer);
    assertThatThrownBy(() -> ask(Source.ICANHAZIP)).hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @ParameterizedTest
  @EnumSource
  void takeNothingFromARedirect(Source source) {
    isp.answers(302, Map.of("Location", isp.url()), source.answer);
    assertThatThrownBy(() -> ask(source))
        .rootCause()
        .isInstanceOfSatisfying(
            HttpOperationFailedException.class,
            failure -> assertThat(failure.getStatusCode()).isEqualTo(302));
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"ICANHAZIP,403", "IPIFY,429", "IFCONFIG_CO,429", "IDENT_ME,503", "SEEIP,500"})
  void takeNothingFromAnError(Source source, int status) {
    isp.answers(status, TEXT, source.answer);
    assertThatThrownBy(() -> ask(source))
        .rootCause()
        .isInstanceOfSatisfying(
            HttpOperationFailedException.class,
            failure -> assertThat(failure.getStatusCode()).isEqualTo(status));
  }

  @ParameterizedTest
  @EnumSource
  void refuseAnEmptyAnswer(Source source) {
    isp.answers(200, TEXT, " \n");
    assertThatThrownBy(() -> ask(source))
        .rootCause()
        .isInstanceOfSatisfying(
            RefusedAnswer.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.EMPTY));
  }

  @ParameterizedTest
  @EnumSource
  void failWhereTheServiceHangsUp(Source source) {
    isp.strike(Fault.TRUNCATED);
    isp.answers(200, TEXT, source.answer);
    assertThatThrownBy(() -> ask(source)).hasRootCauseInstanceOf(IOException.class);
  }

  /** A block page that says it is text, an error of the service, and a list. */
  @ParameterizedTest
  @ValueSource(
      strings = {"<html>blocked</html>", "Too Many Requests", "[\"2001:db8::1\"]", "{\"ip\":"})
  void readNoJsonWhereThereIsNone(String answer) {
    isp.answers(200, TEXT, answer);
    assertThatThrownBy(() -> ask(Source.IPIFY))
        .hasRootCauseInstanceOf(JsonProcessingException.class);
  }
}
