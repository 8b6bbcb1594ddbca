package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.SourceResult;
import java.io.IOException;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** A service that publishes a limit is asked no more often than that. */
class AskAtMostEveryTest extends RouteAlone {
  AskAtMostEveryTest() {
    super(
        isp ->
            Map.of("METALLB_DYN6_IFCONFIG_CO_URL", isp.url(), "METALLB_DYN6_IPIFY_URL", isp.url()));
  }

  private SourceResult ask(String source) throws Exception {
    String route = "ask(" + source + ")";
    if (context.getRoute(route) == null) {
      load("1-find-prefix", "source-" + source);
      makeRouteThatAsks(source);
      context.start();
    }
    return call(route, null, SourceResult.class);
  }

  @Test
  void theLastAnswerIsUsedAgain() throws Exception {
    isp.answers("{\"ip\":\"2001:db8::1\"}");
    SourceResult first = ask("ifconfig-co");
    isp.answers("{\"ip\":\"2001:db8::2\"}");
    assertThat(first.answer()).isPresent();
    assertThat(ask("ifconfig-co")).isEqualTo(first);
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @Test
  void aFailureIsNotTriedAgain() throws Exception {
    isp.answers(503, Map.of(), "503 Service Unavailable");
    SourceResult first = ask("ifconfig-co");
    assertThat(first.failure()).isPresent();
    assertThat(ask("ifconfig-co")).isEqualTo(first);
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @Test
  void othersAreAskedEveryTime() throws Exception {
    isp.answers("{\"ip\":\"2001:db8::1\"}");
    SourceResult first = ask("ipify");
    isp.answers("{\"ip\":\"2001:db8::2\"}");
    assertThat(ask("ipify").answer()).isPresent().isNotEqualTo(first.answer());
  }

  /** Camel counts them in a header. */
  @Test
  void retriesEndAlsoWhereASourceAsksTwice() throws Exception {
    load("1-find-prefix");
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:ask-twice")
                .errorHandler(noErrorHandler())
                .setHeader("CamelHttpUri", constant(isp.url()))
                .to("direct:ask-web")
                .setHeader("CamelHttpUri", constant(isp.url()))
                .setHeader("CamelAskAtMostEvery", constant(60))
                .to("direct:ask-web")
                .throwException(IOException.class, "the third question failed");
            from("direct:try-twice-more")
                .errorHandler(defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                .to("direct:ask-twice");
          }
        });
    context.start();
    isp.answers("2001:db8::1");
    assertThatThrownBy(() -> call("try-twice-more", null, String.class))
        .hasStackTraceContaining("the third question failed");
    assertThat(isp.timesAsked()).isEqualTo(3 * 2);
  }
}
