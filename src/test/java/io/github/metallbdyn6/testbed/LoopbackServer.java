package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on loopback, on a free port, with a thread for every request. */
public final class LoopbackServer implements AutoCloseable {
  static {
    // Otherwise every answer waits 40 ms for the other side's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpHandler handler;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final int port;
  private HttpServer server;

  /** Starts one that has every request answered by this handler. */
  public LoopbackServer(HttpHandler handler) {
    this.handler = handler;
    this.server = listen(0);
    this.port = server.getAddress().getPort();
  }

  private HttpServer listen(int wantedPort) {
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), wantedPort);
      HttpServer started = HttpServer.create(address, 0);
      started.setExecutor(threads);
      started.createContext("/", handler);
      started.start();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns where it listens. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Breaks all connections and refuses new ones. */
  synchronized void goDown() {
    server.stop(0);
  }

  /** Listens again, on the same port. */
  synchronized void comeBack() {
    server.stop(0);
    server = listen(port);
  }

  @Override
  public synchronized void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
