package io.github.metallbdyn6.management;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets a browser in only from a page of this very server. The console does things on GET; without
 * this, any web page that is open while its port is forwarded could have them done, by an image's
 * address, or by a host name that leads to loopback.
 */
final class OwnPagesOnly implements Handler<RoutingContext> {
  private static final int FORBIDDEN = 403;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> OWN_SITE = Set.of("none", "same-origin");

  @Override
  public void handle(RoutingContext exchange) {
    HttpServerRequest request = exchange.request();
    @Nullable String origin = request.getHeader("Origin");
    @Nullable String site = request.getHeader("Sec-Fetch-Site");
    boolean own =
        isLocal("http://" + request.getHeader("Host"))
            && (origin == null || isLocal(origin))
            && (site == null || OWN_SITE.contains(site));
    if (own) {
      exchange.next();
    } else {
      exchange.response().setStatusCode(FORBIDDEN).end("only for pages of this server\n");
    }
  }

  private static boolean isLocal(String uri) {
    try {
      return LOCAL.contains(String.valueOf(URI.create(uri).getHost()).toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
