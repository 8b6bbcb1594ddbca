package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Stands between the program and the API server, fake or real: writes down every request, and
 * answers some of them itself where a test wants a fault.
 */
public final class ApiProxy implements AutoCloseable {
  private static final int FORWARD_SECONDS = 20;

  /** What the proxy does instead of passing a request on. */
  public interface Detour {
    /** Takes over the exchange. */
    void take(HttpExchange exchange) throws IOException;
  }

  private final LoopbackServer server;
  private final KubernetesClient upstream;
  private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
  private volatile Function<ApiCall, Optional<Detour>> detours = call -> Optional.empty();

  ApiProxy(KubernetesClient upstream) {
    this.upstream = upstream;
    this.server = new LoopbackServer(this::handle);
  }

  /** Returns where the program finds the API server. */
  public URI uri() {
    return server.uri();
  }

  /** Returns the requests so far. */
  public List<ApiCall> calls() {
    return List.copyOf(calls);
  }

  /** Returns the writes so far. */
  public List<ApiCall> writes() {
    return calls.stream().filter(ApiCall::isWrite).toList();
  }

  /** From now on asks for every call whether to take a detour. */
  public void detour(Function<ApiCall, Optional<Detour>> detours) {
    this.detours = detours;
  }

  /** Answers with a Kubernetes Status instead of passing the call on. */
  public static Detour status(int code, String reason, String message) {
    return exchange ->
        send(
            exchange,
            code,
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d,\"message\":\"%s\"}"
                .formatted(reason, code, message.replace("\"", "\\\"")));
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      ApiCall call =
          new ApiCall(
              exchange.getRequestMethod(),
              decoded(exchange.getRequestURI()),
              body,
              System.nanoTime());
      calls.add(call);
      Optional<Detour> detour = detours.apply(call);
      if (detour.isPresent()) {
        detour.get().take(exchange);
      } else {
        forward(exchange, body);
      }
    }
  }

  private static String decoded(URI uri) {
    return uri.getQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getQuery();
  }

  private void forward(HttpExchange exchange, String body) throws IOException {
    String base = upstream.getMasterUrl().toString().replaceFirst("/$", "");
    HttpRequest.Builder request =
        upstream.getHttpClient().newHttpRequestBuilder().uri(base + exchange.getRequestURI());
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    request.method(exchange.getRequestMethod(), type, body.isEmpty() ? null : body);
    try {
      HttpResponse<byte[]> response =
          upstream
              .getHttpClient()
              .sendAsync(request.build(), byte[].class)
              .get(FORWARD_SECONDS, TimeUnit.SECONDS);
      send(exchange, response.code(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IOException("the API server behind the proxy does not answer", e);
    }
  }

  private static void send(HttpExchange exchange, int code, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
