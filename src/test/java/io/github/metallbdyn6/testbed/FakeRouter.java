package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A home's router with an HTTP API, which writes down what it is asked. */
public final class FakeRouter implements AutoCloseable {

  /**
   * A request.
   *
   * @param method such as POST
   * @param path with the query, exactly as sent
   * @param headers by their names in lower case
   * @param body as text
   */
  public record Question(String method, String path, Map<String, String> headers, String body) {}

  private static final Reply NOT_FOUND = new Reply(404, Map.of(), "");

  private final LoopbackServer server = new LoopbackServer(this::handle);
  private final List<Question> questions = new CopyOnWriteArrayList<>();
  private volatile Function<Question, Reply> behaviour = question -> NOT_FOUND;

  /** TLS in front of a router, with a certificate that it has signed itself. */
  public static final class Tls implements AutoCloseable {
    private final TestCertificate certificate;
    private final TlsFront front;

    private Tls(TestCertificate certificate, TlsFront front) {
      this.certificate = certificate;
      this.front = front;
    }

    /** Returns its URL, by the address that the certificate is for. */
    public String url() {
      return front.uri().toString();
    }

    /** Returns its URL, by a name that the certificate is not for. */
    public String urlByAnotherName() {
      return url().replace("127.0.0.1", "localhost");
    }

    /** Returns the file with the certificate, PEM. */
    public Path certificate() {
      return certificate.pem();
    }

    @Override
    public void close() throws IOException {
      front.close();
    }
  }

  /** Opens a second door, by TLS; files are put into the folder. */
  public Tls openTls(Path folder) throws IOException, GeneralSecurityException {
    TestCertificate certificate = TestCertificate.in(folder);
    return new Tls(certificate, new TlsFront(server.uri(), certificate));
  }

  /** From now on answers like this. */
  public void answers(Function<Question, Reply> newBehaviour) {
    behaviour = newBehaviour;
  }

  /** From now on gives this answer to everything. */
  public void answers(int status, String contentType, String body) {
    answers(question -> new Reply(status, Map.of("Content-Type", contentType), body));
  }

  /** Returns its URL, without a slash at the end. */
  public String url() {
    return server.uri().toString();
  }

  /** Returns its port. */
  public int port() {
    return server.uri().getPort();
  }

  /** Returns what it was asked. */
  public List<Question> questions() {
    return List.copyOf(questions);
  }

  /** Forgets what it was asked, and knows nothing any more. */
  public void reset() {
    server.comeBack();
    questions.clear();
    behaviour = question -> NOT_FOUND;
  }

  /** Refuses connections until {@link #reset}. */
  public void goDown() {
    server.goDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Question question =
          new Question(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(headers),
              body);
      questions.add(question);
      behaviour.apply(question).send(exchange);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
