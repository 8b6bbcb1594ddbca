package io.github.metallbdyn6.management;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vert.x whose HTTP servers do not let themselves be filled up: a connection on which nothing
 * happens is closed, and there are never too many. Camel makes the server itself and has no setting
 * for either; so this stands between the two.
 */
final class LimitedVertx {
  private static final int IDLE_SECONDS = 20;
  private static final int MOST_CONNECTIONS = 200;

  private LimitedVertx() {}

  /** Returns the same Vert.x, but for the servers that it makes. */
  static Vertx of(Vertx vertx) {
    return (Vertx)
        Proxy.newProxyInstance(
            LimitedVertx.class.getClassLoader(),
            new Class<?>[] {VertxInternal.class},
            (proxy, method, arguments) ->
                isServer(method, arguments)
                    ? limited(vertx, (HttpServerOptions) arguments[0])
                    : invoke(vertx, method, arguments));
  }

  private static boolean isServer(Method method, Object[] arguments) {
    return method.getName().equals("createHttpServer")
        && arguments != null
        && arguments.length == 1;
  }

  private static Object invoke(Vertx vertx, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(vertx, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static HttpServer limited(Vertx vertx, HttpServerOptions options) {
    AtomicInteger open = new AtomicInteger();
    options
        .setIdleTimeout(IDLE_SECONDS)
        .setIdleTimeoutUnit(TimeUnit.SECONDS)
        .setHttp2ClearTextEnabled(
            false); // with it, connections count only after their first request
    return vertx.createHttpServer(options).connectionHandler(connection -> admit(connection, open));
  }

  private static void admit(HttpConnection connection, AtomicInteger open) {
    connection.closeHandler(closed -> open.decrementAndGet());
    if (open.incrementAndGet() > MOST_CONNECTIONS) {
      connection.close();
    }
  }
}
