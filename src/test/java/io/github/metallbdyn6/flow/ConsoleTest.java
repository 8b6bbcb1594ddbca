package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Http;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Camel's developer console. */
class ConsoleTest extends WholeFlow {
  private final int port = FreePort.find();
  private final Http console = new Http(port);
  private final Http management = new Http(managementPort);

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    isp.givesAddress(ADDRESS_A);
  }

  private void startProgramWithConsole() {
    startProgram(
        Map.of(
            "METALLB_DYN6_CONSOLE_PORT",
            String.valueOf(port),
            "METALLB_DYN6_MANAGEMENT_PORT",
            String.valueOf(managementPort)));
    eventually(() -> assertThat(console.status("/q/dev")).isEqualTo(200));
  }

  @Test
  void listsStopsAndStartsRoutes() throws Exception {
    startProgramWithConsole();
    assertThat(console.get("/q/dev/route").body())
        .contains("Id: run-pass", "Id: plan-pool", "State: Started");

    order("stop");
    eventually(() -> assertThat(state()).contains("State: Stopped"));
    order("start");
    eventually(() -> assertThat(state()).contains("State: Started"));
    awaitPasses(1);
  }

  private void order(String action) throws IOException, InterruptedException {
    console.get("/q/dev/route?filter=begin-pass&action=" + action);
  }

  private String state() throws IOException, InterruptedException {
    return console.get("/q/dev/route/begin-pass").body();
  }

  @Test
  void showsTheLastPassStepByStep() {
    startProgramWithConsole();
    eventually(
        () ->
            assertThat(console.get("/q/dev/message-history").body())
                .contains("\"nodeId\": \"note-prefix\"", "\"nodeId\": \"read-pool\""));
  }

  @Test
  void letsHawtioLookAtAllAndCallOnlyWhatIsCamels() throws Exception {
    startProgramWithConsole();
    String jolokia = "/observe/jolokia/";
    String watch = "org.apache.camel:context=*,type=program,name=*";
    eventually(
        () ->
            assertThat(console.get(jolokia + "read/" + watch + "/Prefix").body())
                .contains("2001:db8:a::/64"));
    assertThat(console.get(jolokia + "exec/java.lang:type=Memory/gc").body())
        .contains("\"status\":403");
    assertThat(management.status(jolokia)).isEqualTo(404);
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }

  @ParameterizedTest
  @CsvSource({
    "Host,           evil.example",
    "Host,           evil.example:8081",
    "Origin,         http://evil.example",
    "Origin,         null",
    "Sec-Fetch-Site, cross-site"
  })
  void obeysNoOtherWebPage(String header, String value) throws Exception {
    startProgramWithConsole();
    String order =
        "GET /q/dev/route?filter=begin-pass&action=stop HTTP/1.1\r\n%s%s: %s\r\nConnection: close\r\n\r\n"
            .formatted(header.equals("Host") ? "" : "Host: localhost\r\n", header, value);
    assertThat(raw(port, order)).startsWith("HTTP/1.1 403 ");
    assertThat(state()).contains("State: Started");
  }

  /** The JDK's client sends no Host of somebody else's. */
  private static String raw(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void isForThisMachineOnlyWhateverTheManagementPortListensOn() throws Exception {
    startProgramWithConsole();
    assertThat(management.status("/q/dev")).isEqualTo(404);
    List<InetAddress> others =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .toList();
    for (InetAddress address : others) {
      connect(address, managementPort);
      assertThatThrownBy(() -> connect(address, port)).isInstanceOf(ConnectException.class);
    }
  }

  private static void connect(InetAddress address, int port) throws IOException {
    new Socket(address, port).close();
  }

  @Test
  void isOffByDefault() {
    startProgram(Map.of("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(managementPort)));
    eventually(() -> assertThat(management.status("/observe/health/live")).isEqualTo(200));
    awaitPasses(1);
    assertThatThrownBy(() -> console.get("/q/dev")).isInstanceOf(ConnectException.class);
  }

  /** A page of somebody else in the browser of a person who has opened the console. */
  @Test
  void grantsOtherOriginsNothing() throws Exception {
    startProgramWithConsole();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/q/dev/route".formatted(port)))
            .header("Origin", "http://other.example")
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }
}
