package io.github.metallbdyn6.testbed;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

/**
 * Stands between MetalLB and the API server, byte for byte, and keeps MetalLB from hearing of pools
 * where a test wants it: after a restart of the API server watches come back in any order.
 */
public final class PoolGate implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KubernetesClient upstream;
  private final LoopbackServer server = new LoopbackServer(this::handle);
  private volatile CountDownLatch pools = new CountDownLatch(0);
  private volatile boolean services;

  PoolGate(KubernetesClient upstream) {
    this.upstream = upstream;
  }

  /** Writes a kubeconfig that leads through the gate; here the gate says who is asking. */
  void writeKubeconfig(Path file) {
    try {
      Files.writeString(
          file,
          """
          apiVersion: v1
          kind: Config
          current-context: test
          clusters: [{name: test, cluster: {server: "%s"}}]
          contexts: [{name: test, context: {cluster: test, user: test}}]
          users: [{name: test, user: {}}]
          """
              .formatted(server.uri()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on no watch of pools begins; those that have begun go on. */
  public void shut() {
    services = false;
    pools = new CountDownLatch(1);
  }

  /** Waits until MetalLB hears of services again since the gate was shut. */
  public void awaitServicesHeard() {
    await().atMost(PATIENCE).until(() -> services);
  }

  /** Lets MetalLB hear of pools again. */
  public void open() {
    pools.countDown();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean watch = WatchStream.isAskedBy(exchange);
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (watch && path.endsWith("/ipaddresspools")) {
        pools.await();
      }
      pass(exchange, body, watch && path.equals("/api/v1/services"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IOException("the API server behind the gate does not answer", e);
    }
  }

  private void pass(HttpExchange exchange, byte[] body, boolean aboutServices)
      throws IOException, InterruptedException, ExecutionException {
    WritableByteChannel channel = Channels.newChannel(exchange.getResponseBody());
    HttpResponse<AsyncBody> response =
        upstream
            .getHttpClient()
            .consumeBytes(
                request(exchange, body),
                (buffers, more) -> write(buffers, channel, exchange.getResponseBody(), more))
            .get();
    String type = response.header("Content-Type");
    if (type != null) {
      exchange.getResponseHeaders().set("Content-Type", type);
    }
    exchange.sendResponseHeaders(response.code(), 0);
    exchange.getResponseBody().flush();
    services = services || (aboutServices && response.isSuccessful());
    response.body().consume();
    response.body().done().get();
  }

  private HttpRequest request(HttpExchange exchange, byte[] body) {
    String base = upstream.getMasterUrl().toString().replaceFirst("/$", "");
    HttpRequest.Builder request =
        upstream.getHttpClient().newHttpRequestBuilder().uri(base + exchange.getRequestURI());
    String method = exchange.getRequestMethod();
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    if (body.length == 0) {
      request.method(method, type, null);
    } else {
      request.method(method, type, new ByteArrayInputStream(body), body.length);
    }
    String accept =
        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept"), "*/*");
    return request.setHeader("Accept", accept).build();
  }

  private static void write(
      List<ByteBuffer> buffers, WritableByteChannel channel, OutputStream out, AsyncBody more)
      throws IOException {
    for (ByteBuffer buffer : buffers) {
      channel.write(buffer);
    }
    out.flush();
    more.consume();
  }

  @Override
  public void close() {
    open();
    server.close();
  }
}
