package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Passes a watch on: the API server's messages, which come by WebSocket, become lines of an answer
 * that does not end.
 */
final class WatchStream implements WebSocket.Listener {
  private final CountDownLatch ended = new CountDownLatch(1);
  private final OutputStream lines;

  private WatchStream(OutputStream lines) {
    this.lines = lines;
  }

  static boolean isAskedBy(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    return query != null && (query + "&").contains("watch=true&");
  }

  /** A client that asks for a WebSocket is answered 200, upon which it asks without. */
  static boolean isUpgrade(HttpExchange exchange) {
    return "websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"));
  }

  /** Returns when either side ends the watch. */
  static void pass(HttpExchange exchange, KubernetesClient upstream, String base)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    WatchStream stream = new WatchStream(exchange.getResponseBody());
    var socket =
        upstream
            .getHttpClient()
            .newWebSocketBuilder()
            .uri(URI.create(base + exchange.getRequestURI()))
            .header("Origin", base) // a real API server does not talk to a WebSocket without
            .buildAsync(stream);
    var opened = socket.whenComplete((open, failure) -> stream.endIf(failure != null));
    try {
      stream.ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var unused = opened.thenAccept(open -> open.sendClose(1000, "the watcher is gone"));
  }

  private void endIf(boolean failed) {
    if (failed) {
      ended.countDown();
    }
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    try {
      lines.write((text.strip() + "\n").getBytes(StandardCharsets.UTF_8));
      lines.flush();
      webSocket.request();
    } catch (IOException e) {
      ended.countDown();
    }
  }

  @Override
  public void onClose(WebSocket webSocket, int code, String reason) {
    ended.countDown();
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    ended.countDown();
  }
}
