package io.github.metallbdyn6.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.Http;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Pusher;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attacks on the management port and the push port of the whole program, as it runs in its pod, all
 * on the same start. During each of them the liveness probe is answered within a second.
 */
class PortsIT {
  private static final String TOKEN = "s3cr3t-s3cr3t-s3cr3t";
  private static final String PREFIX = "2001:db8:b::/64";
  private static final String ROUTER = "127.0.0.1";
  private static final String OTHERS = "127.0.2";
  private static final String NOT_ALLOWED = "127.9.9";
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final int PROBES = 15;
  private static final int GUESSES = 50;

  /** Both ports are the same server; what takes long is done to one of them. */
  private static final int MOST_PUSHES = 1000;

  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration PROBE_TIME = Duration.ofSeconds(5);

  private static final int MANAGEMENT = FreePort.find();
  private static final Http PAGES = new Http(MANAGEMENT);
  private static final int PUSH = FreePort.find();
  private static final Pusher PUSHER = new Pusher(PUSH);

  @TempDir private static Path folder;
  private static Home home;
  private static ProgramProcess program;

  /** Something that is done to a port. */
  private interface Attack {
    void on(Attacker attacker) throws IOException;
  }

  @BeforeAll
  static void start() throws IOException {
    home = new Home();
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
    environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(MANAGEMENT));
    environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    environment.putAll(PUSHER.variables(TOKEN));
    environment.put("METALLB_DYN6_PUSH_ALLOWED_CALLERS", "127.0.0.0/13");
    program = ProgramProcess.start(Launch.asInPod(), environment);
    await().atMost(START).until(PUSHER::isHeard);
    await()
        .atMost(START)
        .untilAsserted(() -> assertThat(push()).as(program.output()).startsWith("200 "));
  }

  @AfterAll
  static void stop() throws Exception {
    program.close();
    home.close();
  }

  /** No attack leaves anything behind. */
  @AfterEach
  void goesOn() throws Exception {
    assertThat(program.isRunning()).as(program.output()).isTrue();
    assertThat(ask(ROUTER, "/", PATIENCE)).contains("metallb-dyn6");
    assertThat(program.output()).doesNotContain("Exception", "Error", "\tat ");
  }

  private static String push() throws IOException {
    return PUSHER.fritzBox(TOKEN, PREFIX);
  }

  /** Each in kubelet's time, and at most one in more than a second: the machine is busy, too. */
  private static void assertAlive() {
    int late = 0;
    for (int i = 0; i < PROBES; i++) {
      long begin = System.nanoTime();
      assertThat(probe(ROUTER)).as("probe %d", i).startsWith("HTTP/1.1 200 ");
      boolean inTime = System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(1);
      late += inTime ? 0 : 1;
    }
    assertThat(late).isLessThanOrEqualTo(1);
  }

  private static String probe(String from) {
    return ask(from, "/observe/health/live", PROBE_TIME);
  }

  /** As kubelet asks: a connection of its own, and a time-out. */
  private static String ask(String from, String path, Duration timeout) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout((int) timeout.toMillis());
      socket.bind(new InetSocketAddress(InetAddress.getAllByName(from)[0], 0));
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), MANAGEMENT),
          (int) timeout.toMillis());
      Attacker.write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return "";
    }
  }

  private static Arguments attack(String name, int attempts, Attack attack) {
    return arguments(name, attempts, attack);
  }

  static Stream<Arguments> floods() {
    return Stream.of(
        attack(
            "1,000 pipelined requests for the page on a connection that does not read",
            1,
            attacker -> attacker.send(GET.repeat(1000))),
        attack("the same on 200 connections", 200, attacker -> attacker.send(GET.repeat(1000))),
        attack("15,000 connections that say nothing", 15_000, Attacker::connect),
        attack("5,000 connections that are reset at once", 5_000, PortsIT::connectAndReset),
        attack(
            "260 connections that have sent half a request",
            260,
            attacker -> attacker.send("GET / HTTP/1.1\r\nX: ")),
        attack(
            "300 connections that ask for the metrics and do not read",
            300,
            attacker -> attacker.send("GET /observe/metrics HTTP/1.1\r\nHost: x\r\n\r\n")),
        attack(
            "100 requests with 64 KB of headers",
            100,
            attacker -> attacker.send("GET / HTTP/1.1\r\nA: " + "a".repeat(65_536))),
        attack(
            "100 requests with 64 KB of short headers",
            100,
            attacker -> attacker.send("GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(13_000))),
        attack(
            "100 chunked bodies of garbage",
            100,
            attacker ->
                attacker.send(
                    "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n"
                        + "\0\1\2zz\r\n".repeat(10_000))),
        attack(
            "100 bodies of 16 EiB",
            100,
            attacker ->
                attacker.send(
                    "POST /status HTTP/1.1\r\nContent-Length: 18446744073709551615\r\n\r\n"
                        + "x".repeat(70_000))),
        attack(
            "100 prefaces of HTTP/2",
            100,
            attacker ->
                attacker.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0".repeat(50))),
        attack(
            "100 TLS handshakes on the plain port",
            100,
            attacker ->
                attacker.send("\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\n\n")),
        attack(
            "3,000 requests for the readiness, whose answers nobody waits for",
            3_000,
            attacker -> attacker.send("GET /observe/health/ready HTTP/1.1\r\n\r\n")));
  }

  private static void connectAndReset(Attacker attacker) throws IOException {
    try (Socket socket = attacker.connect()) {
      socket.setSoLinger(true, 0);
    }
  }

  @ParameterizedTest(name = "management port: {0}")
  @MethodSource("floods")
  void floodOfTheManagementPort(String name, int attempts, Attack attack, TestReporter report)
      throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, String.valueOf(attempts));
    try (Attacker attacker = new Attacker(MANAGEMENT, OTHERS)) {
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(() -> run(attempts, attack, attacker));
      assertAlive();
      flood.join();
      assertAlive();
    }
  }

  private static void run(int attempts, Attack attack, Attacker attacker) {
    for (int i = 0; i < attempts; i++) {
      try {
        attack.on(attacker);
      } catch (IOException e) {
        // it could not even connect
      }
    }
  }

  static Stream<Arguments> floodsOfPushes() {
    return floods().filter(attack -> (int) attack.get()[1] <= MOST_PUSHES);
  }

  @ParameterizedTest(name = "push port: {0}")
  @MethodSource("floodsOfPushes")
  void floodOfThePushPort(String name, int attempts, Attack attack, TestReporter report)
      throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, String.valueOf(attempts));
    try (Attacker attacker = new Attacker(PUSH, OTHERS)) {
      CompletableFuture<Void> flood =
          CompletableFuture.runAsync(() -> run(attempts, attack, attacker));
      assertAlive();
      flood.join();
      assertThat(push()).startsWith("200 ");
    }
  }

  @Test
  @DisplayName("management port: 260 connections that go on with a byte now and then")
  void drippingConnections(TestReporter report) throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, "260");
    try (Attacker attacker = new Attacker(MANAGEMENT, OTHERS)) {
      Socket[] sockets = new Socket[260];
      for (int i = 0; i < sockets.length; i++) {
        sockets[i] = attacker.connect();
      }
      long begin = System.nanoTime();
      for (int i = 0; i < 5; i++) {
        attacker.sendToAll("G");
        assertAlive();
      }
      assertThat(answer(sockets[sockets.length - 1])).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
  }

  /** A pod on the node's own network, or whoever comes through the same NAT. */
  @Test
  @DisplayName("management port: 400 idle connections from the address that probes, too")
  void floodFromTheProbesAddress(TestReporter report) throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, "400");
    try (Attacker attacker = new Attacker(MANAGEMENT, "127.0.3")) {
      for (int i = 0; i < 400; i++) {
        attacker.connectFrom("127.0.3.1");
      }
      for (int i = 0; i < PROBES; i++) {
        assertThat(probe("127.0.3.1")).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  @DisplayName("management port: 300 requests for the status, rendered once a second at most")
  void hungryReaders(TestReporter report) throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, "300");
    long begin = System.nanoTime();
    Set<String> renderings = new HashSet<>();
    for (int i = 0; i < 300; i++) {
      renderings.add(new ObjectMapper().readTree(PAGES.get("/status").body()).path("at").asText());
    }
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    assertThat(renderings).hasSizeBetween(1, (int) seconds + 2);
  }

  @ParameterizedTest(name = "management port: request smuggling, {0}")
  @ValueSource(
      strings = {
        "Content-Length: 60|Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked|Content-Length: 3",
        "Content-Length: 0|Content-Length: 60",
        "Transfer-Encoding: xchunked|X: y",
        "Transfer-Encoding : chunked|X: y",
        "X: y|Content-Length: 0"
      })
  void smuggledRequest(String headers) throws Exception {
    try (Attacker attacker = new Attacker(MANAGEMENT, OTHERS)) {
      Socket socket = attacker.connect();
      Attacker.write(
          socket,
          "POST /status HTTP/1.1\r\nHost: x\r\n"
              + headers.replace("|", "\r\n")
              + "\r\n\r\n0\r\n\r\nGET /observe/metrics HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(answer(socket))
          .startsWith("HTTP/1.1 4")
          .containsOnlyOnce("HTTP/1.1 4")
          .doesNotContain("metallb_dyn6");
    }
  }

  @Test
  @DisplayName("management port: paths that lead out of it")
  void pathTricks(TestReporter report) throws Exception {
    List<String> paths =
        List.of(
            "/../etc/passwd",
            "/..%2f..%2fetc/passwd",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/.%00./",
            "//status",
            "/./status",
            "/status/",
            "/status;a=b",
            "/STATUS",
            "/status%00.css",
            "/observe/health/../metrics",
            "/observe/",
            "/observe/info",
            "/observe/jolokia",
            "/q/dev",
            "/META-INF/MANIFEST.MF",
            "/application.properties",
            "http://127.0.0.1/status",
            "*",
            "file:///etc/passwd",
            "\\..\\..\\etc\\passwd");
    report.publishEntry(AttackReport.ATTEMPTS, String.valueOf(paths.size()));
    for (String path : paths) {
      try (Attacker attacker = new Attacker(MANAGEMENT, OTHERS)) {
        Socket socket = attacker.connect();
        Attacker.write(socket, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
        assertThat(answer(socket)).as(path).startsWith("HTTP/1.1 40").doesNotContain("root:");
      }
    }
  }

  @Test
  @DisplayName("push port: 130 idle connections from addresses that may not push")
  void connectionsThatAreNotAllowed(TestReporter report) throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, "130");
    try (Attacker attacker = new Attacker(PUSH, NOT_ALLOWED)) {
      for (int i = 0; i < 130; i++) {
        attacker.connect();
      }
      for (int i = 0; i < 5; i++) {
        assertThat(push()).startsWith("200 ");
      }
    }
  }

  @Test
  @DisplayName("push port: 1,500 addresses guess the token, three times each")
  void guessesFromEverywhere(TestReporter report) throws Exception {
    report.publishEntry(AttackReport.ATTEMPTS, "4500");
    for (int network = 0; network < 6; network++) {
      for (int i = 0; i < 3 * 250 / GUESSES; i++) {
        guess("127.1." + network, 1 + i * GUESSES);
      }
    }
    for (int i = 0; i < 5; i++) {
      assertThat(push()).startsWith("200 ");
    }
  }

  /** Several at the same time, each from an address of its own. */
  private static void guess(String network, int first) throws IOException {
    try (Attacker attacker = new Attacker(PUSH, network)) {
      List<Socket> guesses = new ArrayList<>();
      for (int i = 0; i < GUESSES; i++) {
        Socket guess = attacker.connectFrom(network + "." + (1 + (first + i) % 250));
        guesses.add(guess);
        Attacker.write(guess, "GET /update?token=guess-guess HTTP/1.1\r\nHost: x\r\n\r\n");
      }
      for (Socket guess : guesses) {
        assertThat(answer(guess)).startsWith("HTTP/1.1 4");
      }
    }
  }
}
