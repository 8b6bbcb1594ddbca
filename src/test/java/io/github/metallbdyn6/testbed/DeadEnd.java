package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * An address at which a connection is neither accepted nor refused, as of a host that is not there:
 * a server whose queue is full and that never takes anybody out of it.
 */
public final class DeadEnd implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 300;

  private final ServerSocket server;
  private final List<Socket> waiting = new ArrayList<>();

  /** Fills the queue. */
  public DeadEnd(InetAddress address, int port) throws IOException {
    server = new ServerSocket(port, 1, address);
    while (!isSilent()) {
      // one more is in the queue
    }
  }

  /** Tells whether a connection is left without an answer now. */
  public boolean isSilent() throws IOException {
    Socket socket = new Socket();
    waiting.add(socket);
    try {
      socket.connect(server.getLocalSocketAddress(), PATIENCE_MILLIS);
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    for (Socket socket : waiting) {
      socket.close();
    }
    server.close();
  }
}
