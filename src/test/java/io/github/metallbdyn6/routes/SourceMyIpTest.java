package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.RefusedAnswer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SourceMyIpTest extends RouteAlone {

  /** Queries of a URL that Camel would take for its own. */
  private static final String QUERY = "?a=b&token=%41%26z+q&x=RAW(y)&u=1%252&httpMethod=POST";

  @Nested
  class WithAQuery extends RouteAlone {
    WithAQuery() {
      super(isp -> Map.of("METALLB_DYN6_MY_IP_URL", isp.url() + QUERY));
    }

    @Test
    void isAskedWithTheQueryAsWritten() throws Exception {
      load("1-find-prefix", "source-my-ip");
      context.start();
      isp.givesAddress("2001:db8::2");
      assertThat(call("source-my-ip", null, String.class)).isEqualTo("2001:db8::2");
      assertThat(isp.lastTarget()).isEqualTo("/v2/ip.json" + QUERY);
    }
  }

  @Test
  void hangsUpOnEndlessHeaders() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread endless = new Thread(() -> sendHeadersUntilHungUp(server), "endless-headers");
      endless.start();
      assertThatThrownBy(() -> get(server.getLocalPort())).hasStackTraceContaining("Maximum");
      endless.join(Duration.ofSeconds(10).toMillis());
      assertThat(endless.isAlive()).isFalse();
    }
  }

  private void get(int port) {
    template.requestBody(
        "http://127.0.0.1:%d/?httpClientConfigurer=#sourceClient".formatted(port), (Object) null);
  }

  private static void sendHeadersUntilHungUp(ServerSocket server) {
    try (Socket socket = server.accept()) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
      while (true) {
        out.write("X-Endless: and-a-day\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // hung up, as it should be
    }
  }

  @BeforeEach
  void loadRoute() throws Exception {
    load("1-find-prefix", "source-my-ip");
    context.start();
  }

  private String ask() {
    return call("source-my-ip", null, String.class);
  }

  @Test
  void readsVersionTwo() {
    isp.givesAddress("2001:db8::2");
    assertThat(ask()).isEqualTo("2001:db8::2");
  }

  @Test
  void readsVersionOne() {
    isp.answers("{\"success\":true,\"ip\":\"2001:db8::1\",\"type\":\"IPv6\"}");
    assertThat(ask()).isEqualTo("2001:db8::1");
  }

  @Test
  void takesNoAddressFromAFailure() {
    isp.answers("{\"success\":false,\"ip\":\"2001:db8::1\"}");
    assertThatThrownBy(this::ask).hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @Test
  void takesNoAddressFromAWebPage() {
    isp.answers(
        200, Map.of("Content-Type", "text/html; charset=utf-8"), "{\"ip\":\"2001:db8::1\"}");
    assertThatThrownBy(this::ask).hasRootCauseInstanceOf(RefusedAnswer.class);
  }

  @Test
  void doesNotFollowARedirect() {
    isp.answers(302, Map.of("Location", isp.url()), "");
    assertThatThrownBy(this::ask)
        .hasRootCauseInstanceOf(HttpOperationFailedException.class)
        .hasStackTraceContaining("302");
    assertThat(isp.timesAsked()).isEqualTo(1);
  }

  @Test
  void readsNoMoreThanAnAnswerCanBe() {
    isp.answers("{\"ip\":\"2001:db8::1\",\"padding\":\"" + "x".repeat(4096) + "\"}");
    assertThatThrownBy(this::ask)
        .rootCause()
        .isInstanceOfSatisfying(
            RefusedAnswer.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusedAnswer.Reason.TOO_LONG));
  }
}
