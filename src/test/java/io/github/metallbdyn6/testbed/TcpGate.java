package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes TCP connections on to a port of this machine, until it is shut. */
final class TcpGate implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean shut;

  TcpGate(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::listen);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Breaks every connection, and refuses new ones. */
  void shut() {
    shut = true;
    open.forEach(TcpGate::end);
  }

  /** Lets connections through again. */
  void open() {
    shut = false;
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        if (shut) {
          end(client);
        } else {
          connect(client);
        }
      } catch (IOException e) {
        // closed, or the target does not listen; the client sees its connection end
      }
    }
  }

  private void connect(Socket client) throws IOException {
    try {
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      open.add(client);
      open.add(server);
      threads.execute(() -> pass(client, server));
      threads.execute(() -> pass(server, client));
    } catch (IOException e) {
      end(client);
      throw e;
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.setTcpNoDelay(true);
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // one of them is gone
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void end(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // it is closed already
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    shut();
    threads.shutdownNow();
  }
}
