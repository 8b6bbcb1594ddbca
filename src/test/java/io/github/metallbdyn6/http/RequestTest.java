package io.github.metallbdyn6.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {
  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Optional<Request> parse(String text) {
    Head head = new Head();
    return head.add(bytes(text)) == Head.State.COMPLETE
        ? Request.parse(InetAddress.getLoopbackAddress(), head.toString())
        : Optional.empty();
  }

  @Test
  void isReadAsItIsWritten() {
    Request request =
        parse(
                "GET /update?a=%20b?c HTTP/1.1\r\nHost: x\r\nAUTHORIZATION:  Basic YQ== \r\nX:\r\nx: 2\r\n\r\n")
            .orElseThrow();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.path()).isEqualTo("/update");
    assertThat(request.query()).isEqualTo("a=%20b?c");
    assertThat(request.header("authorization")).isEqualTo("Basic YQ==");
    assertThat(request.header("x")).as("the first of two").isEmpty();
    assertThat(request.header("cookie")).isEmpty();
    assertThat(request.hasBody()).isFalse();
    assertThat(request).hasToString("a request");
  }

  @Test
  void mayEndItsLinesAsPeopleDo() {
    assertThat(parse("GET / HTTP/1.0\nA: b\n\n").orElseThrow().headers()).containsEntry("a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET",
        "GET /",
        "get / HTTP/1.1",
        "GET  / HTTP/1.1",
        "GET / HTTP/1.1 ",
        "GET / HTTP/2.0",
        "PRI * HTTP/2.0",
        "GET http://x/ HTTP/1.1",
        "GET /#a HTTP/1.1",
        "GET /a b HTTP/1.1",
        "GET / HTTP/1.1\r\nno colon",
        "GET / HTTP/1.1\r\n: no name",
        "GET / HTTP/1.1\r\nHost : x",
        "GET / HTTP/1.1\r\nA: b\r\n folded: c",
        "GET / HTTP/1.1\r\nA: b\rB: c",
        "GET / HTTP/1.1\r\nA: b\0",
        "GET /\0 HTTP/1.1"
      })
  void isNoneThatIsWrittenInAnotherWay(String text) {
    assertThat(parse(text + "\r\n\r\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Transfer-Encoding: chunked", "Content-Length: 1", "Content-Length: -0"})
  void hasABodyIfItSaysSo(String header) {
    assertThat(parse("POST / HTTP/1.1\r\n" + header + "\r\n\r\n").orElseThrow().hasBody()).isTrue();
  }

  @Test
  void hasNoneIfItSaysThatItIsEmpty() {
    assertThat(parse("POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").orElseThrow().hasBody())
        .isFalse();
  }

  @Test
  void arrivesInAnyPieces() {
    String text = "GET / HTTP/1.1\r\nA: b\r\n\r\n";
    Head head = new Head();
    for (int i = 0; i < text.length() - 1; i++) {
      assertThat(head.add(bytes(text.substring(i, i + 1)))).isEqualTo(Head.State.INCOMPLETE);
    }
    assertThat(head.add(bytes("\nGET /more"))).isEqualTo(Head.State.COMPLETE);
    assertThat(head).hasToString(text);
  }

  @Test
  void isNeverKeptBeyondItsLimits() {
    assertThat(new Head().add(bytes("GET /" + "a".repeat(3000))))
        .isEqualTo(Head.State.LINE_TOO_LONG);
    assertThat(new Head().add(bytes("GET / HTTP/1.1\r\nA: " + "a".repeat(9000))))
        .isEqualTo(Head.State.TOO_LONG);
    assertThat(new Head().add(bytes("GET / HTTP/1.1\r\n" + "a:b\r\n".repeat(9000))))
        .isEqualTo(Head.State.TOO_LONG);
    assertThat(new Head().add(bytes("\u0016\u0003\u0001 the begin of a TLS handshake")))
        .isEqualTo(Head.State.NONSENSE);
  }
}
