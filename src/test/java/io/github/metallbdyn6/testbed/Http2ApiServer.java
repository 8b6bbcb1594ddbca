package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An API server on TLS that speaks HTTP/2 with whoever can, and accepts no token: as the real one,
 * it then says GOAWAY together with the 401.
 */
public final class Http2ApiServer implements AutoCloseable {
  private static final String UNAUTHORIZED =
      "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}";

  private final Vertx vertx = Vertx.vertx();
  private final List<HttpVersion> asked = new CopyOnWriteArrayList<>();
  private final TestCertificate certificate;
  private final HttpServer server;

  /** Starts it; its certificate is put into the folder. */
  public Http2ApiServer(Path folder) throws IOException {
    certificate = TestCertificate.in(folder);
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PfxOptions()
                            .setPath(certificate.keyStore().toString())
                            .setPassword(TestCertificate.PASSWORD)))
            .requestHandler(this::refuse)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  private void refuse(HttpServerRequest request) {
    asked.add(request.version());
    if (request.version() == HttpVersion.HTTP_2) {
      request.connection().goAway(0);
    }
    request
        .response()
        .setStatusCode(401)
        .putHeader("Content-Type", "application/json")
        .end(UNAUTHORIZED);
  }

  /** Returns in which version of HTTP it was asked, each time. */
  public List<HttpVersion> asked() {
    return List.copyOf(asked);
  }

  /** Returns how it is reached, with a token that is not accepted. */
  public Config config() {
    return new ConfigBuilder(Config.empty())
        .withMasterUrl("https://127.0.0.1:" + server.actualPort())
        .withCaCertFile(certificate.pem().toString())
        .withOauthToken("expired")
        .build();
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
