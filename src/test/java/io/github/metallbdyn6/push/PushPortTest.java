package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.http.HttpPort;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.Pusher;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushPortTest {
  private static final PushAnswer GOOD = new PushAnswer(200, "good", "", Optional.empty());

  private final int number = FreePort.find();
  private final Queue<PushRequest> requests = new ConcurrentLinkedQueue<>();
  private final Queue<CompletableFuture<PushAnswer>> unanswered = new ConcurrentLinkedQueue<>();
  private final Pusher caller = new Pusher(number);
  private volatile boolean late;
  private volatile boolean closedToAll;
  private final HttpPort port = PushPort.open("127.0.0.1", number, new Calls());

  private final class Calls implements PushPort.Calls {
    @Override
    public boolean admits(InetAddress from) {
      return !closedToAll;
    }

    @Override
    public CompletableFuture<PushAnswer> take(InetAddress from, PushRequest request) {
      assertThat(from.getHostAddress()).isEqualTo("127.0.0.1");
      requests.add(request);
      CompletableFuture<PushAnswer> answer = new CompletableFuture<>();
      if (late) {
        unanswered.add(answer);
      } else {
        answer.complete(GOOD);
      }
      return answer;
    }
  }

  PushPortTest() throws IOException {}

  @AfterEach
  void close() {
    port.close();
  }

  @Test
  void takesTargetsAsTheyAreWritten() throws Exception {
    assertThat(caller.get("/update?password=a:b/c@d+e=f&ip6lanprefix=2001:db8:0:1::/64"))
        .isEqualTo("200 good");
    assertThat(requests)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.path()).isEqualTo("/update");
              assertThat(request.parameters())
                  .containsEntry("password", "a:b/c@d+e=f")
                  .containsEntry("ip6lanprefix", "2001:db8:0:1::/64");
            });
  }

  @Test
  void answersAsTheProtocolSays() throws Exception {
    late = true;
    try (Socket socket = caller.connect()) {
      socket
          .getOutputStream()
          .write("GET /update HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !unanswered.isEmpty());
      unanswered.remove().complete(PushAnswer.BAD_AUTH);
      assertThat(
              new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                  .split("\r\n"))
          .startsWith("HTTP/1.1 401 Unauthorized")
          .endsWith("", "badauth wrong token, user or password\n")
          .contains(
              "Content-Type: text/plain; charset=utf-8",
              "Cache-Control: no-store",
              "Connection: close",
              "WWW-Authenticate: Basic realm=\"metallb-dyn6\"");
    }
  }

  /** ddclient says nothing of an answer with another status. */
  @Test
  void answersDdclientWithTheWordAlone() throws Exception {
    late = true;
    try (Socket socket = caller.connect()) {
      socket
          .getOutputStream()
          .write(
              "GET /nic/update HTTP/1.1\r\nUser-Agent: ddclient/3.10.0\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !unanswered.isEmpty());
      unanswered.remove().complete(PushAnswer.NOT_KEPT);
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200 OK")
          .endsWith("\r\n\r\n911 the prefix could not be kept, the log says why\n");
    }
  }

  /** With its line ends written as ¶, and the one thing repeated that is too much. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "414, GET /update?*,                                             4000",
    "431, 'GET /update HTTP/1.1¶A: *',                               9000",
    "413, 'GET /update HTTP/1.1¶Content-Length: 100000¶¶*',          100",
    "413, 'POST /update HTTP/1.1¶Content-Length: 3¶¶*',              3",
    "413, 'POST /update HTTP/1.1¶Transfer-Encoding: chunked¶¶*',     1"
  })
  void refusesWhatIsLongerThanAPushCanBe(int status, String request, int times) throws Exception {
    String sent = request.replace("¶", "\r\n").replace("*", "x".repeat(times));
    assertThat(caller.answer(sent)).startsWith(status + " ");
    assertThat(requests).isEmpty();
  }

  @Test
  void survivesNonsense() throws Exception {
    for (String nonsense :
        List.of("\r\n\r\n", "\0\1\2\r\n\r\n", "GET\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
      assertThat(caller.answer(nonsense)).doesNotStartWith("200");
    }
    assertThat(caller.get("/update")).isEqualTo("200 good");
  }

  @Test
  void takesOneRequestOfAConnection() throws Exception {
    String request = "GET /update HTTP/1.1\r\nHost: x\r\n\r\n";
    assertThat(caller.answer(request + request)).isEqualTo("200 good");
  }

  @Test
  void hangsUpOnWhoIsSlow() throws Exception {
    long begin = System.nanoTime();
    try (Socket socket = caller.connect()) {
      assertThatThrownBy(() -> drip(socket.getOutputStream())).isInstanceOf(SocketException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(20));
  }

  /** A byte now and then, so that the connection is never idle. */
  private static void drip(OutputStream out) throws IOException, InterruptedException {
    out.write("GET /update?".getBytes(StandardCharsets.US_ASCII));
    while (true) {
      out.write('x');
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** A caller that waits for an answer is not slow. */
  @Test
  void waitsForItsOwnAnswers() throws Exception {
    late = true;
    try (Socket socket = caller.connect()) {
      socket
          .getOutputStream()
          .write("GET /update HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !unanswered.isEmpty());
      late = false;
      assertThat(caller.get("/update")).as("meanwhile").isEqualTo("200 good");
      hangsUpOnWhoIsSlow();
      unanswered.remove().complete(GOOD);
      assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
    }
  }

  @Test
  void hangsUpOnWhoMayNotCall() throws Exception {
    closedToAll = true;
    try (Socket socket = caller.connect()) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    closedToAll = false;
    assertThat(caller.get("/update")).isEqualTo("200 good");
    assertThat(requests).hasSize(1);
  }
}
