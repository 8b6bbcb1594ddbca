package io.github.metallbdyn6.push;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The HTTP server that routers call: one request on a connection, a short one, that is there within
 * seconds. Whoever is slower, longer or more is hung up on, and keeps nobody else waiting.
 */
final class PushPort implements AutoCloseable {
  private static final int LONGEST_LINE = 2048;
  private static final int LONGEST_HEADERS = 4096;
  private static final int MOST_CONNECTIONS = 100;
  private static final int MOST_OF_ONE_CALLER = 10;
  private static final long PATIENCE_MILLISECONDS = 5000;

  /** What is done with a request. */
  interface Calls {
    /** Answers now or later, from any thread, and never throws. */
    void take(InetAddress caller, PushRequest request, Consumer<PushAnswer> answer);
  }

  private final Vertx vertx;
  private final Calls calls;
  private final Map<HttpConnection, Long> waiting = new ConcurrentHashMap<>();
  private final Map<String, Integer> openOf = new ConcurrentHashMap<>();

  private PushPort(Vertx vertx, Calls calls) {
    this.vertx = vertx;
    this.calls = calls;
  }

  /**
   * Begins to listen.
   *
   * @param vertx for this port alone: what is done to it is not to slow down anything else
   * @throws IOException when that is not possible
   */
  static PushPort open(Vertx vertx, String address, int port, Calls calls) throws IOException {
    PushPort push = new PushPort(vertx, calls);
    HttpServerOptions limits =
        new HttpServerOptions()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADERS);
    HttpServer server =
        vertx
            .createHttpServer(limits)
            .connectionHandler(push::admit)
            .requestHandler(push::take)
            .exceptionHandler(failure -> {}); // of connections that break
    try {
      server.listen(port, address).toCompletionStage().toCompletableFuture().join();
      return push;
    } catch (CompletionException e) {
      push.close();
      throw new IOException("cannot listen on %s port %d".formatted(address, port), e.getCause());
    }
  }

  private void admit(HttpConnection connection) {
    String caller = connection.remoteAddress().hostAddress();
    int open = openOf.merge(caller, 1, Integer::sum);
    waiting.put(
        connection, vertx.setTimer(PATIENCE_MILLISECONDS, late -> hangUpOnSlow(connection)));
    connection.closeHandler(closed -> forget(connection, caller));
    if (open > MOST_OF_ONE_CALLER || waiting.size() > MOST_CONNECTIONS) {
      connection.close();
    }
  }

  private void hangUpOnSlow(HttpConnection connection) {
    if (waiting.containsKey(connection)) {
      connection.close();
    }
  }

  private void forget(HttpConnection connection, String caller) {
    stopWaiting(connection);
    openOf.computeIfPresent(caller, (name, open) -> open > 1 ? open - 1 : null);
  }

  private void stopWaiting(HttpConnection connection) {
    Long timer = waiting.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }

  private void take(HttpServerRequest request) {
    stopWaiting(request.connection());
    Consumer<PushAnswer> answer =
        it -> vertx.runOnContext(now -> send(request, it)); // from whichever thread
    if (hasBody(request)) {
      answer.accept(PushAnswer.TOO_LARGE);
      return;
    }
    calls.take(
        callerOf(request),
        PushRequest.of(
            request.method().name(),
            request.path(),
            request.query(),
            request.getHeader("Authorization")),
        answer);
  }

  private static boolean hasBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.getHeader("Transfer-Encoding") != null
        || (length != null && !length.matches("0+"));
  }

  /** ddclient shows its user no word of an answer whose status is not 200. */
  private static boolean readsWordsAlone(HttpServerRequest request) {
    String client = request.getHeader("User-Agent");
    return client != null && client.startsWith("ddclient/");
  }

  private static InetAddress callerOf(HttpServerRequest request) {
    try {
      return InetAddress.getByName(request.connection().remoteAddress().hostAddress());
    } catch (UnknownHostException e) {
      throw new IllegalStateException("the address of a connection is a literal one", e);
    }
  }

  private static void send(HttpServerRequest request, PushAnswer answer) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    boolean readsWords = readsWordsAlone(request);
    response
        .setStatusCode(readsWords ? PushAnswer.OK : answer.status())
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .putHeader("Connection", "close");
    if (answer.equals(PushAnswer.BAD_AUTH) && !readsWords) {
      response.putHeader("WWW-Authenticate", "Basic realm=\"metallb-dyn6\"");
    }
    response.end(answer.line() + "\n").onComplete(sent -> request.connection().close());
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
