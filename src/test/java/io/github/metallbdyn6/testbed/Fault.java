package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Faults of one remote call. */
public enum Fault {
  /** The server is gone: the connection breaks, and new ones are refused. */
  REFUSED,
  /** The connection breaks before the server has acted. */
  RESET_BEFORE,
  /** The connection breaks after the server has acted, so that nobody knows whether it did. */
  RESET_AFTER,
  /** No answer at all. */
  TIMEOUT,
  /** The answer breaks off in the middle. */
  TRUNCATED,
  /** The answer comes a byte at a time and never ends. */
  SLOW_DRIP,
  /** Unauthorized. */
  STATUS_401,
  /** Forbidden. */
  STATUS_403,
  /** Not found. */
  STATUS_404,
  /** Conflict. */
  STATUS_409,
  /** Unprocessable. */
  STATUS_422,
  /** Too many requests. */
  STATUS_429,
  /** Internal error, as when MetalLB's webhook is not there. */
  STATUS_500,
  /** Unavailable. */
  STATUS_503;

  private static final int DRIP_MILLIS = 100;
  private static final int PATIENCE_SECONDS = 60;

  /** The server's own behaviour. */
  interface Acting {
    /** Has the server act, and returns its answer. */
    Reply act() throws IOException;
  }

  /**
   * Strikes.
   *
   * @param healed opens when the fault is lifted; until then some faults last
   */
  void strike(HttpExchange exchange, Acting server, LoopbackServer listener, CountDownLatch healed)
      throws IOException {
    switch (this) {
      case REFUSED -> listener.goDown();
      case RESET_BEFORE -> exchange.close();
      case RESET_AFTER -> {
        server.act();
        exchange.close();
      }
      case TIMEOUT -> {
        awaitQuietly(healed, PATIENCE_SECONDS, TimeUnit.SECONDS);
        exchange.close();
      }
      case TRUNCATED -> truncate(exchange, server.act());
      case SLOW_DRIP -> drip(exchange, server.act(), healed);
      default -> status(Integer.parseInt(name().substring("STATUS_".length()))).send(exchange);
    }
  }

  private static void truncate(HttpExchange exchange, Reply reply) throws IOException {
    exchange.sendResponseHeaders(reply.status(), reply.bytes().length);
    exchange.getResponseBody().write(reply.bytes(), 0, reply.bytes().length / 2);
    exchange.getResponseBody().flush();
    exchange.close();
  }

  private static void drip(HttpExchange exchange, Reply reply, CountDownLatch healed)
      throws IOException {
    exchange.sendResponseHeaders(reply.status(), 0);
    for (byte b : reply.bytes()) {
      exchange.getResponseBody().write(b);
      exchange.getResponseBody().flush();
      if (awaitQuietly(healed, DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    exchange.close();
  }

  private static boolean awaitQuietly(CountDownLatch latch, long time, TimeUnit unit) {
    try {
      return latch.await(time, unit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** A Kubernetes Status; a source's clients look at the code, and at when they may come back. */
  static Reply status(int code) {
    boolean unwanted = code == 403 || code == 429;
    return new Reply(
        code,
        unwanted
            ? Map.of("Content-Type", "application/json", "Retry-After", "1")
            : Map.of("Content-Type", "application/json"),
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":%d,\"message\":\"injected %d\"}"
            .formatted(code, code));
  }
}
