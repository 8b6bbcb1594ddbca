package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;

/** A service that publishes a limit is asked no more often than that. */
class AskAtMostEveryTest extends RouteAlone {
  AskAtMostEveryTest() {
    super(
        isp ->
            Map.of("METALLB_DYN6_IFCONFIG_CO_URL", isp.url(), "METALLB_DYN6_IPIFY_URL", isp.url()));
  }

  private String ask(String source) throws Exception {
    if (context.getRoute(source) == null) {
      load("1-find-prefix", source);
      context.start();
    }
    return call(source, null, String.class);
  }

  @Test
  void theLastAnswerIsUsedAgain() throws Exception {
    isp.answers("{\"ip\":\"2001:db8::1\"}");
    assertThat(ask("source-ifconfig-co")).isEqualTo("2001:db8::1");
    isp.answers("{\"ip\":\"2001:db8::2\"}");
    assertThat(ask("source-ifconfig-co")).isEqualTo("2001:db8::1");
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @Test
  void aFailureIsNotTriedAgain() {
    isp.answers(429, Map.of("Retry-After", "60"), "429 Too Many Requests");
    for (int time = 1; time <= 2; time++) {
      assertThatThrownBy(() -> ask("source-ifconfig-co"))
          .rootCause()
          .isInstanceOfSatisfying(
              HttpOperationFailedException.class,
              failure -> {
                assertThat(failure.getStatusCode()).isEqualTo(429);
                assertThat(failure.getResponseHeaders()).containsEntry("Retry-after", "60");
              });
    }
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @Test
  void othersAreAskedEveryTime() throws Exception {
    isp.answers("{\"ip\":\"2001:db8::1\"}");
    ask("source-ipify");
    isp.answers("{\"ip\":\"2001:db8::2\"}");
    assertThat(ask("source-ipify")).isEqualTo("2001:db8::2");
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
                .to("direct:ask-web-sparingly")
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
    assertThat(isp.timesAsked()).isEqualTo(3 + 1);
  }
}
