package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Passes a watch on: the API server's messages, which come by WebSocket, become lines of an answer
 * that does not end.
 */
final class WatchStream implements WebSocket.Listener {
  private static final long PATIENCE_SECONDS = 10;
  private static final String END = "";

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final HttpExchange exchange;

  WatchStream(HttpExchange exchange) {
    this.exchange = exchange;
  }

  static boolean isAskedBy(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    return query != null && (query + "&").contains("watch=true&");
  }

  /** A client that asks for a WebSocket is answered 200, upon which it asks without. */
  static boolean isUpgrade(HttpExchange exchange) {
    return "websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"));
  }

  /** Ends the watch, as an API server may at any time. */
  void end() {
    messages.add(END);
  }

  /**
   * Returns when either side ends the watch. The watcher is answered once the API server tells of
   * every change.
   */
  void pass(KubernetesClient upstream, String base) throws IOException {
    var socket =
        upstream
            .getHttpClient()
            .newWebSocketBuilder()
            .uri(URI.create(base + exchange.getRequestURI()))
            .header("Origin", base) // a real API server does not talk to a WebSocket without
            .buildAsync(this);
    try {
      socket.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 0);
      write();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the API server behind the proxy lets nobody watch", e);
    } finally {
      var unused = socket.thenAccept(open -> open.sendClose(1000, "the watcher is gone"));
    }
  }

  private void write() throws IOException, InterruptedException {
    OutputStream lines = exchange.getResponseBody();
    lines.flush();
    for (String next = messages.take(); !next.equals(END); next = messages.take()) {
      lines.write((next + "\n").getBytes(StandardCharsets.UTF_8));
      lines.flush();
    }
  }

  @Override
  public void onMessage(WebSocket webSocket, String text) {
    messages.add(text.strip());
    webSocket.request();
  }

  @Override
  public void onClose(WebSocket webSocket, int code, String reason) {
    end();
  }

  @Override
  public void onError(WebSocket webSocket, Throwable error) {
    end();
  }
}
