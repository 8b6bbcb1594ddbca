package io.github.metallbdyn6.management;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The status page and its documents on the management server. They are looked up by the path as it
 * was sent, in a map: there is no file system behind it, and nothing to traverse.
 */
final class StatusRoutes {
  /** All but Camel's own paths, which have their own answers to a wrong method. */
  private static final String OURS = "/(?!observe(/|$)).*";

  private static final List<HttpMethod> READING = List.of(HttpMethod.GET, HttpMethod.HEAD);

  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src"
              + " 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "X-Frame-Options",
          "DENY",
          "Referrer-Policy",
          "no-referrer",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Cache-Control",
          "no-store");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Instant.class, ToStringSerializer.instance))
          .build();

  private final Map<String, Document> documents;

  private StatusRoutes(Supplier<StatusView> status) {
    StatusPage page = new StatusPage();
    documents =
        Map.of(
            "/", new Document("text/html", () -> page.of(status.get())),
            "/status", new Document("application/json", () -> json(status.get())),
            "/status.css", Document.resource("status.css", "text/css"),
            "/status.js", Document.resource("status.js", "text/javascript"),
            "/favicon.svg", Document.resource("favicon.svg", "image/svg+xml"));
  }

  /** Has the router answer with this status. Whoever wants another path of it takes it first. */
  static void add(Router router, Supplier<StatusView> status) {
    router.routeWithRegex(OURS).last().handler(new StatusRoutes(status)::answer);
  }

  static String json(StatusView status) {
    try {
      return JSON.writeValueAsString(status);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(RoutingContext request) {
    HttpServerResponse response = request.response();
    HEADERS.forEach(response::putHeader);
    Document document = documents.get(request.request().path());
    if (document == null) {
      send(request, 404, "text/plain", "There is nothing here. The status page is at /\n");
    } else if (READING.contains(request.request().method())) {
      send(request, 200, document.type(), document.content().get());
    } else {
      response.putHeader("Allow", "GET, HEAD");
      send(request, 405, "text/plain", "This can only be read.\n");
    }
  }

  private static void send(RoutingContext request, int status, String type, String text) {
    Buffer content = Buffer.buffer(text);
    HttpServerResponse response =
        request
            .response()
            .setStatusCode(status)
            .putHeader("Content-Type", type + "; charset=utf-8")
            .putHeader("Content-Length", String.valueOf(content.length()));
    if (request.request().method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(content);
    }
  }
}
