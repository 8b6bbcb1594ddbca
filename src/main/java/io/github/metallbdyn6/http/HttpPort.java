package io.github.metallbdyn6.http;

import io.github.metallbdyn6.text.ForeignText;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An HTTP port that nobody can fill up. All that it keeps of a connection is the head of its
 * request, and that only within the limits of {@link Connections}; the answers are rendered
 * elsewhere.
 */
public final class HttpPort implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private static final int BUFFER = 8192;
  private static final long PAUSE_NANOS = 250_000_000;
  private static final long END_MILLISECONDS = 1000;

  private final String name;
  private final Handler handler;
  private final Selector selector;
  private final ListeningSocket door;
  private final Connections connections = new Connections();
  private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
  private final ByteBuffer arrived = ByteBuffer.allocate(BUFFER);
  private final Thread thread;
  private String trouble = "";

  private HttpPort(String name, Handler handler, Selector selector, ListeningSocket door) {
    this.name = name;
    this.handler = handler;
    this.selector = selector;
    this.door = door;
    this.thread = new Thread(this::run, name);
  }

  /**
   * Begins to listen.
   *
   * @param name for the port's thread, and for the log
   * @param address 0.0.0.0 is every address, IPv6 too
   * @throws IOException when that is not possible
   */
  public static HttpPort open(String name, String address, int port, Handler handler)
      throws IOException {
    Selector selector = Selector.open();
    try {
      ListeningSocket door = ListeningSocket.open(selector, address, port);
      HttpPort opened = new HttpPort(name, handler, selector, door);
      opened.thread.setDaemon(true);
      opened.thread.start();
      return opened;
    } catch (IOException e) {
      selector.close();
      throw e;
    }
  }

  private void run() {
    while (door.isOpen()) {
      try {
        selector.select(this::serve, connections.isEmpty() ? 0 : Connections.SWEEP_MILLISECONDS);
        for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
          next.run();
        }
        connections.sweep(System.nanoTime());
      } catch (IOException | RuntimeException e) {
        pauseAfter(ForeignText.of(e.toString()));
      }
    }
    connections.closeAll();
  }

  /** Too many open files, for example: nothing that goes away by trying again at once. */
  private void pauseAfter(String failure) {
    if (!failure.equals(trouble)) {
      LOG.warn("The {} port cannot accept connections for the moment: {}.", name, failure);
      trouble = failure;
    }
    LockSupport.parkNanos(PAUSE_NANOS);
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return; // it had to make room meanwhile
    }
    if (key.attachment() instanceof Connection connection) {
      proceed(connection);
    } else {
      door.accept(this::admit);
    }
  }

  /** A caller that may not connect costs nothing; one too many makes room at once. */
  private void admit(SocketChannel channel) throws IOException {
    try {
      InetAddress address = ((InetSocketAddress) channel.getRemoteAddress()).getAddress();
      if (!handler.admits(address)) {
        channel.close();
        return;
      }
      SelectionKey key = channel.configureBlocking(false).register(selector, 0);
      connections.add(new Connection(channel, key, address, System.nanoTime()));
    } catch (IOException | RuntimeException e) {
      channel.close(); // it broke before it was used
    }
  }

  private void proceed(Connection connection) {
    boolean wasAsking = connection.phase() == Connection.Phase.ASKING;
    try {
      Optional<Request> request = connection.proceed(arrived, System.nanoTime());
      if (wasAsking && connection.phase() != Connection.Phase.ASKING) {
        connections.hasAsked(connection);
      }
      request.ifPresent(it -> answer(connection, it));
    } catch (IOException | RuntimeException | StackOverflowError e) {
      connection.close();
    }
    connections.forgetIfClosed(connection);
  }

  private void answer(Connection connection, Request request) {
    boolean withBody = !request.method().equals("HEAD");
    handler
        .answer(request)
        .exceptionally(failure -> failed(request, failure))
        .thenAccept(response -> runHere(() -> send(connection, response, withBody)));
  }

  /** An answer that is known already is sent at once. */
  private void runHere(Runnable answer) {
    if (Thread.currentThread() == thread) {
      answer.run();
    } else {
      answers.add(answer);
      selector.wakeup();
    }
  }

  private Response failed(Request request, Throwable failure) {
    LOG.warn(
        "The {} port has no answer to {}: {}.",
        name,
        request.path(),
        ForeignText.of(failure.toString()));
    return Response.text(500, "the log says why there is no answer");
  }

  private void send(Connection connection, Response response, boolean withBody) {
    try {
      connection.send(response, withBody, System.nanoTime());
    } catch (IOException e) {
      connection.close();
    }
    connections.forgetIfClosed(connection);
  }

  /** Hangs up on everybody. */
  @Override
  public void close() {
    try {
      door.close();
      selector.wakeup();
      thread.join(END_MILLISECONDS);
      selector.close();
    } catch (IOException e) {
      LOG.debug("The {} port", name, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
