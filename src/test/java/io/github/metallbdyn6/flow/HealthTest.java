package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health of the program, as the management port tells it. */
class HealthTest extends WholeFlow {
  @TempDir private Path folder;
  private final Http management = new Http(managementPort);

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
  }

  private int status(String path) throws IOException, InterruptedException {
    return management.status(path);
  }

  private String message(String check) throws IOException, InterruptedException {
    JsonNode checks =
        new ObjectMapper().readTree(management.get("/observe/health").body()).path("checks");
    for (JsonNode it : checks) {
      if (it.path("name").asText().equals(check)) {
        return it.path("message").asText();
      }
    }
    throw new AssertionError("no check " + check + " in " + checks);
  }

  @Test
  void isGoodWhileThePoolFollows() {
    startProgramWithPort(Map.of());
    eventually(() -> assertThat(status("/observe/health")).isEqualTo(200));
    eventually(() -> assertThat(status("/observe/health/ready")).isEqualTo(200));
    eventually(() -> assertThat(status("/observe/health/live")).isEqualTo(200));
  }

  @Test
  void namesWhatIsHeldAndWhyAndWhatToDoButStopsNoProbe() throws Exception {
    startProgramWithPort(Map.of());
    awaitPasses(1); // before the first one has ended, nobody knows what is held
    isp.givesAddress("fd00:db8::1");
    eventually(
        () ->
            assertThat(message("passes"))
                .startsWith("holding " + RANGE_A)
                .contains("refused (unique_local)", "since 20", "METALLB_DYN6_REQUIRE_GLOBAL"));
    assertThat(status("/observe/health")).isEqualTo(503);
    assertThat(status("/observe/health/live")).isEqualTo(200);
    assertThat(status("/observe/health/ready")).isEqualTo(200);

    isp.givesAddress(ADDRESS_B);
    eventually(() -> assertThat(status("/observe/health")).isEqualTo(200));
  }

  @Test
  void isNotReadyWhileThePoolCannotBeRead() throws Exception {
    startProgramWithPort(Map.of());
    eventually(() -> assertThat(status("/observe/health/ready")).isEqualTo(200));
    cluster.api().strike(call -> true, Fault.STATUS_403);
    cluster.api().endWatches(); // as when the API server has restarted
    eventually(() -> assertThat(status("/observe/health/ready")).isEqualTo(503));
    assertThat(message("cluster")).contains("access refused (403)");
    assertThat(status("/observe/health/live")).isEqualTo(200);

    cluster.api().heal();
    eventually(() -> assertThat(status("/observe/health/ready")).isEqualTo(200));
  }

  /** No other source may hide that. */
  @Test
  void isNotAliveAfterAnErrorUntilAPassEndsWithoutOne() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    String fillsTheStack =
        "- bean: {beanType: java.util.regex.Pattern, method: \"matches('(a|b)+c', '%s')\"}"
            .formatted("ab".repeat(20_000));
    routes.write("source-wild.camel.yaml", source(fillsTheStack));
    startProgramWithPort(
        Map.of(
            "METALLB_DYN6_ROUTES", folder.toString(),
            "METALLB_DYN6_RELOAD_ROUTES", "true",
            "METALLB_DYN6_SOURCE", "wild,icanhazip"));

    awaitLog("WARN Pass failed: StackOverflowError; if it comes back: see whether routes");
    eventually(() -> assertThat(status("/observe/health/live")).isEqualTo(503));
    assertThat(message("pulse")).contains("StackOverflowError", "Kubernetes starts the container");
    assertThat(message("passes")).contains("StackOverflowError");
    assertThat(management.get("/observe/metrics").body())
        .containsPattern("metallb_dyn6_passes_total\\{[^}]*result=\"failed\"[^}]*} [1-9]");

    routes.write(
        "source-wild.camel.yaml", source("- setBody: {constant: '%s'}".formatted(ADDRESS_A)));
    eventually(() -> assertThat(status("/observe/health/live")).isEqualTo(200));
    assertThat(log.lines()).filteredOn(line -> line.contains("StackOverflowError")).hasSize(1);
  }

  private static String source(String step) {
    return """
        - route:
            id: source-wild
            from:
              uri: direct:source-wild
              steps:
                %s
        """
        .formatted(step);
  }

  @Test
  void isReadyThoughTheSourceHasNeverAnswered() {
    isp.strike(Fault.STATUS_503);
    startProgramWithPort(Map.of());
    awaitLog("the source answered 503");
    eventually(() -> assertThat(status("/observe/health/ready")).isEqualTo(200));
  }

  @Test
  void isToldThoughConnectionsAreHeldOpen() throws Exception {
    startProgramWithPort(Map.of());
    eventually(() -> assertThat(status("/observe/health/live")).isEqualTo(200));
    List<Socket> half = new ArrayList<>();
    try {
      for (int i = 0; i < 400; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), managementPort);
        half.add(socket);
        socket.getOutputStream().write("GET / HTTP/1.1\r\nX: ".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(status("/observe/health/live")).isEqualTo(200);
      Socket first = half.get(0);
      first.setSoTimeout(10_000);
      assertThat(readsEnd(first)).as("the oldest has made room").isTrue();
    } finally {
      for (Socket socket : half) {
        socket.close();
      }
    }
  }

  private static boolean readsEnd(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException e) {
      return true; // reset
    }
  }

  @Test
  void answersNothingButReading() throws Exception {
    startProgramWithPort(Map.of());
    eventually(() -> assertThat(status("/observe/health")).isEqualTo(200));
    HttpRequest post =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/observe/health"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(post, HttpResponse.BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(405);
  }
}
