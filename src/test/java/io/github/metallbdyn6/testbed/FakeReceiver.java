package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A server that followers send to: it writes down every request, and answers as it is told. */
public final class FakeReceiver implements AutoCloseable {
  /**
   * A request.
   *
   * @param headers in lower case
   */
  public record Received(String method, String target, Map<String, String> headers, String body) {}

  private final LoopbackServer server = new LoopbackServer(this::handle);
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Received> taken = new CopyOnWriteArrayList<>();
  private volatile Function<Received, Reply> answers = request -> new Reply(200, Map.of(), "ok");
  private volatile Fault fault;
  private volatile CountDownLatch healed = new CountDownLatch(1);

  public URI uri() {
    return server.uri();
  }

  /** Returns the requests so far, whatever came of them. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** Returns the requests so far that it has acted on, whether it could say so or not. */
  public List<Received> taken() {
    return List.copyOf(taken);
  }

  /** From now on answers like this. */
  public void answers(Function<Received, Reply> how) {
    answers = how;
  }

  /** From now on every request meets this fault. */
  public void strike(Fault newFault) {
    healed = new CountDownLatch(1);
    fault = newFault;
  }

  /** Lifts every fault. */
  public void heal() {
    fault = null;
    healed.countDown();
    server.comeBack();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> headers = new HashMap<>();
      exchange
          .getRequestHeaders()
          .forEach(
              (name, values) ->
                  headers.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
      Received request =
          new Received(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              headers,
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
      received.add(request);
      Fault struck = fault;
      if (struck == null) {
        act(request).send(exchange);
      } else {
        struck.strike(exchange, () -> act(request), server, healed);
      }
    }
  }

  private Reply act(Received request) {
    Reply reply = answers.apply(request);
    if (reply.status() < 300) {
      taken.add(request);
    }
    return reply;
  }

  @Override
  public void close() {
    healed.countDown();
    server.close();
  }
}
