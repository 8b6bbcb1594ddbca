package io.github.metallbdyn6.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpPortTest {
  private static final String HERE = "127.0.0.1";
  private static final String ELSEWHERE = "127.0.0.2";
  private static final String GET = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";

  private final int number = FreePort.find();
  private final Queue<CompletableFuture<Response>> unanswered = new ConcurrentLinkedQueue<>();
  private final List<Socket> sockets = new ArrayList<>();
  private volatile boolean late;
  private volatile String body = "hello";
  private final HttpPort port = HttpPort.open("test", HERE, number, new Greeting());

  HttpPortTest() throws IOException {}

  /** Greets everybody but 127.0.0.9. */
  private final class Greeting implements Handler {
    @Override
    public boolean admits(InetAddress address) {
      return !address.getHostAddress().equals("127.0.0.9");
    }

    @Override
    public CompletionStage<Response> answer(Request request) {
      if (request.path().equals("/broken")) {
        throw new IllegalStateException("broken");
      }
      CompletableFuture<Response> answer = new CompletableFuture<>();
      if (late) {
        unanswered.add(answer);
      } else {
        answer.complete(Response.text(200, body));
      }
      return answer;
    }
  }

  @AfterEach
  void close() throws IOException {
    port.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket connect(String from) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReuseAddress(true);
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(InetAddress.getAllByName(from)[0], 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String rest(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    } catch (SocketException e) {
      return ""; // it was reset, as it had sent what nobody read
    }
  }

  private String ask(String from, String request) throws IOException {
    try (Socket socket = connect(from)) {
      send(socket, request);
      return rest(socket);
    }
  }

  @Test
  void answersOnceAndHangsUp() throws Exception {
    assertThat(ask(HERE, GET))
        .isEqualTo(
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 6\r\nConnection: close\r\n\r\nhello\n");
    assertThat(ask(HERE, GET + GET + "x".repeat(5000))).containsOnlyOnce("HTTP/1.1 ");
  }

  @Test
  void leavesTheBodyOutAfterHead() throws Exception {
    assertThat(ask(HERE, "HEAD / HTTP/1.1\r\n\r\n"))
        .contains("Content-Length: 6\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void answersWhoHasSaidAllAndWaits() throws Exception {
    try (Socket socket = connect(HERE)) {
      send(socket, GET);
      socket.shutdownOutput();
      assertThat(rest(socket)).endsWith("hello\n");
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "400, 'nonsense¶¶'",
    "400, 'PRI * HTTP/2.0¶¶SM¶¶'",
    "414, 'GET /…'",
    "431, 'GET / HTTP/1.1¶A: …'"
  })
  void saysWhyItHasNoAnswer(int status, String request) throws Exception {
    String sent = request.replace("¶", "\r\n").replace("…", "x".repeat(20_000));
    assertThat(ask(HERE, sent)).startsWith("HTTP/1.1 " + status);
  }

  @Test
  void survivesAHandlerThatBreaks() throws Exception {
    assertThat(ask(HERE, "GET /broken HTTP/1.1\r\n\r\n")).isEmpty();
    late = true;
    try (Socket socket = connect(HERE)) {
      send(socket, GET);
      await().until(() -> !unanswered.isEmpty());
      unanswered.remove().completeExceptionally(new IllegalStateException("broken"));
      assertThat(rest(socket))
          .startsWith("HTTP/1.1 500 ")
          .endsWith("the log says why there is no answer\n");
    }
    late = false;
    assertThat(ask(HERE, GET)).endsWith("hello\n");
  }

  @Test
  void hangsUpOnWhoMayNotConnectBeforeAnythingIsSaid() throws Exception {
    try (Socket socket = connect("127.0.0.9")) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void givesAnswersThatAreLargerThanABuffer() throws Exception {
    body = "x".repeat(3_000_000);
    assertThat(ask(HERE, GET)).hasSizeGreaterThan(3_000_000).endsWith("xx\n");
  }

  /** Each of them would be open for ever. */
  @Test
  void hangsUpOnWhoSaysNothingAndOnWhoDoesNotListen() throws Exception {
    body = "x".repeat(20_000_000);
    try (Socket silent = connect(HERE);
        Socket deaf = connect(HERE)) {
      send(deaf, GET);
      long begin = System.nanoTime();
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
    }
  }

  /** In a row: each newcomer is let in, and answered. */
  @Test
  void letsOneCallerHaveOnlySoManyConnectionsOfWhichTheOldestGoes() throws Exception {
    for (int i = 0; i < 3 * OpenConnections.MOST_OF_ONE_CALLER; i++) {
      send(connect(ELSEWHERE), "GET /");
    }
    assertThat(rest(sockets.get(0))).isEmpty();
    assertThat(ask(ELSEWHERE, GET)).endsWith("hello\n");
    assertThat(ask(HERE, GET)).endsWith("hello\n");
    Socket last = sockets.get(3 * OpenConnections.MOST_OF_ONE_CALLER - 1);
    send(last, " HTTP/1.1\r\n\r\n");
    assertThat(rest(last)).as("still there").endsWith("hello\n");
  }

  @Test
  void keepsWhoIsWaitingForItsAnswerWhileOthersOnlyConnect() throws Exception {
    late = true;
    Socket patient = connect(HERE);
    send(patient, GET);
    await().until(() -> !unanswered.isEmpty());
    for (int i = 0; i < 2 * OpenConnections.MOST; i++) {
      connect("127.0.1." + i % 200);
    }
    unanswered.remove().complete(Response.text(200, "at last"));
    assertThat(rest(patient)).endsWith("at last\n");
  }

  @Test
  void keepsWhoHasNotAskedYetWhileOthersWaitForTheirAnswers() throws Exception {
    late = true;
    askFromMany(2 * OpenConnections.MOST);
    Socket newcomer = connect(HERE);
    askFromMany(2 * OpenConnections.MOST);
    send(newcomer, GET);
    await().until(() -> unanswered.size() == 4 * OpenConnections.MOST + 1);
    unanswered.forEach(answer -> answer.complete(Response.text(200, "at last")));
    assertThat(rest(newcomer)).endsWith("at last\n");
  }

  private void askFromMany(int times) throws IOException {
    int before = unanswered.size();
    for (int i = 0; i < times; i++) {
      send(connect("127.0.1." + i % 200), GET);
    }
    await().until(() -> unanswered.size() == before + times);
  }

  @Test
  void saysWhenItCannotListen() {
    assertThatThrownBy(() -> HttpPort.open("test", HERE, number, new Greeting()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot listen on 127.0.0.1 port " + number);
  }

  @Test
  void freesItsPort() throws Exception {
    Socket open = connect(HERE);
    port.close();
    assertThat(rest(open)).isEmpty();
    try (HttpPort next = HttpPort.open("test", HERE, number, new Greeting())) {
      assertThat(ask(HERE, GET)).endsWith("hello\n");
    }
  }
}
