package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.testbed.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The status over HTTP, from the running program: what it says, and what it refuses. */
class StatusTest extends WholeFlow {
  /** Not HTTP/2: the JDK's client loses an answer now and then when it upgrades to it. */
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
  }

  private HttpResponse<String> ask(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path))
            .method(method, BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  /** Sends what no well-behaved client would, and returns the first line of the answer. */
  private String send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), managementPort)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      String answer =
          new String(socket.getInputStream().readNBytes(15), StandardCharsets.ISO_8859_1);
      return answer.lines().findFirst().orElse("");
    }
  }

  private JsonNode status() throws IOException, InterruptedException {
    return new ObjectMapper().readTree(ask("GET", "/status").body());
  }

  private String stateOrNothing() throws IOException, InterruptedException {
    try {
      return ask("GET", "/status").statusCode() == 200 ? status().path("state").asText() : "";
    } catch (ConnectException e) {
      return ""; // not listening yet
    }
  }

  private void awaitState(String state) {
    eventually(() -> assertThat(stateOrNothing()).isEqualTo(state));
  }

  @Test
  void tellsHowThingsStand() throws Exception {
    startProgramWithPort(Map.of());
    awaitState("inSync");

    JsonNode status = status();
    assertThat(status.at("/source/name").asText()).isEqualTo("my-ip");
    assertThat(status.at("/source/prefix").asText()).isEqualTo("2001:db8:b::/64");
    assertThat(Instant.parse(status.at("/source/since").asText())).isBefore(Instant.now());
    assertThat(status.at("/pool/entries"))
        .hasToString(
            """
            [{"address":"%s","ours":false,"role":"foreign","title":"not ours, left alone"},\
            {"address":"%s","ours":true,"role":"ours","title":"ours"}]"""
                .formatted(IPV4, RANGE_B));
    assertThat(status.path("title").asText()).isEqualTo("In sync");
    assertThat(status.at("/pool/inSync").asBoolean()).isTrue();
    assertThat(status.at("/pool/reloadPending").asBoolean()).isFalse();
    assertThat(status.at("/program/dryRun").asBoolean()).isFalse();
    assertThat(status.path("trouble").isNull()).isTrue();
    assertThat(status.path("history").findValuesAsText("kind"))
        .containsExactly("metalLbReloaded", "poolPatched", "prefixChanged");
    assertThat(status.at("/pool/reloadedAt")).isEqualTo(status.at("/history/0/at"));
    assertThat(status.path("history").findValuesAsText("title"))
        .containsExactly("Restart", "Patch", "Prefix");
    assertThat(status.path("history").findValuesAsText("tone"))
        .containsExactly("news", "good", "news");
  }

  @Test
  void tellsWhichRoutesRanAndWhoCallsWhom() throws Exception {
    startProgramWithPort(Map.of());
    awaitState("inSync");

    JsonNode routes = status().path("routes");
    assertThat(routes.at("/0/id").asText()).isEqualTo("begin-pass");
    assertThat(routes.at("/0/trigger").asText()).isEqualTo("timer");
    assertThat(routes.at("/0/calls")).hasToString("[\"run-pass\"]");
    assertThat(routes.at("/1/id").asText()).isEqualTo("run-pass");
    assertThat(routes.at("/1/calls"))
        .hasToString("[\"find-prefix\",\"follow-pool\",\"restart-metallb\"]");
    assertThat(routes.at("/1/counts/exchanges").asInt()).isPositive();
    assertThat(routes.at("/1/steps/0/id").asText()).isEqualTo("ask-for-prefix");
    assertThat(routes.at("/1/steps/0/counts/exchanges").asInt()).isPositive();
    assertThat(ask("GET", "/").body())
        .as("what cannot run with these settings is not drawn")
        .doesNotContain(">show-plan</text>", ">hand-over</text>")
        .contains(
            "role=\"img\"",
            "follow-pool: ",
            "calls plan-pool, patch-pool",
            "calls find-prefix, follow-pool, restart-metallb");
  }

  @Test
  void saysWhyThePoolIsHeldAndEscapesWhatTheSourceSays() throws Exception {
    startProgramWithPort(Map.of());
    awaitState("inSync");
    isp.answers("{\"success\":true,\"ip\":\"<script>alert('1')</script>\"}");
    awaitState("holding");

    assertThat(status().at("/source/state").asText()).isEqualTo("refused");
    assertThat(status().at("/trouble/text").asText()).contains("<script>alert('1')</script>");
    assertThat(status().at("/trouble/advice").asText()).contains("METALLB_DYN6_SOURCE");
    assertThat(ask("GET", "/").body())
        .contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;", "What to do")
        .doesNotContain("<script>");
  }

  @Test
  void tellsAFailureAndKeepsTheSecretsInTheUrl() throws Exception {
    startProgramWithPort(Map.of("METALLB_DYN6_MY_IP_URL", isp.url() + "?key=hush"));
    awaitState("inSync");
    isp.strike(Fault.STATUS_503);
    awaitState("failing");

    assertThat(status().at("/source/state").asText()).isEqualTo("failing");
    for (String path : List.of("/", "/status")) {
      assertThat(ask("GET", path).body()).contains("answered 503").doesNotContain("hush");
    }
  }

  @Test
  void tellsWhatADryRunWouldDo() throws Exception {
    startProgramWithPort(Map.of("METALLB_DYN6_DRY_RUN", "true"));
    awaitState("wouldChange");

    assertThat(status().at("/program/dryRun").asBoolean()).isTrue();
    assertThat(status().at("/pool/wanted").asText()).isEqualTo(RANGE_B);
    assertThat(ask("GET", "/").body()).contains("Dry run: nothing is changed.", RANGE_B);
  }

  @Test
  void sendsHeadersThatLeaveABrowserNothingToDoButToShowIt() throws Exception {
    startProgramWithPort(Map.of());
    awaitState("inSync");

    Map<String, String> types =
        Map.of(
            "/", "text/html",
            "/status", "application/json",
            "/status.css", "text/css",
            "/status.js", "text/javascript",
            "/favicon.svg", "image/svg+xml",
            "/nothing", "text/plain");
    for (Map.Entry<String, String> type : types.entrySet()) {
      HttpResponse<String> answer = ask("GET", type.getKey());
      assertThat(answer.headers().map())
          .containsEntry("content-type", List.of(type.getValue() + "; charset=utf-8"))
          .containsEntry("x-content-type-options", List.of("nosniff"))
          .containsEntry("x-frame-options", List.of("DENY"))
          .containsEntry("referrer-policy", List.of("no-referrer"))
          .containsEntry("cache-control", List.of("no-store"))
          .containsEntry("cross-origin-opener-policy", List.of("same-origin"))
          .containsEntry("cross-origin-resource-policy", List.of("same-origin"));
      assertThat(answer.headers().firstValue("content-security-policy").orElseThrow())
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
    }
  }

  @Test
  void canOnlyBeRead() throws Exception {
    startProgramWithPort(Map.of());
    awaitState("inSync");

    HttpResponse<String> head = ask("HEAD", "/");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("content-length").orElseThrow()).isGreaterThan(1000);
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE", "OPTIONS")) {
      HttpResponse<String> answer = ask(method, "/status");
      assertThat(answer.statusCode()).as(method).isEqualTo(405);
      assertThat(answer.headers().firstValue("allow")).contains("GET, HEAD");
    }
    assertThat(ask("GET", "/nothing").statusCode()).isEqualTo(404);
    assertThat(ask("POST", "/observe/health").statusCode()).isEqualTo(405);
  }

  @Test
  void refusesPathsAndHeadersThatNobodyNeeds() throws Exception {
    startProgramWithPort(Map.of());
    awaitState("inSync");

    String end = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    for (String path :
        List.of(
            "/..%2f..%2fetc/passwd",
            "/%2e%2e/",
            "/../status",
            "//status",
            "/status/",
            "/status.css/../status.js",
            "/%00",
            "/status%00.css",
            "/META-INF/MANIFEST.MF")) {
      assertThat(send("GET " + path + end)).as(path).startsWith("HTTP/1.1 404");
    }
    assertThat(send("GET /" + "a".repeat(10_000) + end)).contains(" 414");
    assertThat(send("GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(20_000) + "\r\n\r\n"))
        .contains(" 431");
    assertThat(send("nonsense\r\n\r\n")).contains(" 4");
    assertThat(ask("GET", "/").statusCode()).isEqualTo(200);
  }
}
