package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.testbed.FakeRouter;
import io.github.metallbdyn6.testbed.Reply;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.util.ObjectHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A source that asks a router by JSON over HTTP, and the router. */
abstract class RestSource extends RouteAlone {
  private final FakeRouter router;
  private final String source;

  /** The key {@code URL} names the parameter that gets the router's URL. */
  RestSource(FakeRouter router, String source, Map<String, String> environment) {
    super(withUrl(router, environment));
    this.router = router;
    this.source = source;
  }

  private static Map<String, String> withUrl(FakeRouter router, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.put(String.valueOf(all.remove("URL")), router.url());
    return all;
  }

  @BeforeEach
  void loadRoute() throws Exception {
    load("1-find-prefix", "source-" + source);
    context.start();
  }

  @AfterEach
  void closeRouter() {
    router.close();
  }

  final void answers(String body) {
    router.answers(200, "application/json", body);
  }

  final void refusesWith(int status) {
    router.answers(question -> new Reply(status, Map.of("Content-Type", "application/json"), "{}"));
  }

  final FakeRouter.Question question() {
    assertThat(router.questions()).hasSize(1);
    return router.questions().get(0);
  }

  final Exchange ask() {
    return template.send("direct:source-" + source, exchange -> {});
  }

  final Exchange answered() {
    Exchange exchange = ask();
    assertThat(exchange.getException()).isNull();
    return exchange;
  }

  final String body() {
    return answered().getMessage().getBody(String.class);
  }

  final RefusedAnswer assertRefused(Reason reason, String message) {
    Exception failure = ask().getException();
    RefusedAnswer refused = ObjectHelper.getException(RefusedAnswer.class, failure);
    assertThat(refused).returns(reason, RefusedAnswer::reason).hasMessageContaining(message);
    return refused;
  }

  final void assertSaysWhatToMend(int status, String words, String secret) {
    refusesWith(status);
    assertThat(assertRefused(Reason.FAILURE, words))
        .hasMessageContaining("HTTP status " + status)
        .hasMessageNotContaining(secret);
  }

  /** Without it the router is not even asked. */
  final void assertNeeds(String variable) {
    assertRefused(Reason.FAILURE, variable + " is not set");
    assertThat(router.questions()).isEmpty();
  }

  /** Returns the environment with more variables, each followed by its value. */
  static Map<String, String> with(Map<String, String> environment, String... more) {
    Map<String, String> all = new HashMap<>(environment);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }
}
