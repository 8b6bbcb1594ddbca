package io.github.metallbdyn6.attack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Connections to one port from many addresses, as an attacker holds them. */
final class Attacker implements AutoCloseable {
  private static final int TINY = 1024;
  private static final int ADDRESSES = 250;

  private final int port;
  private final String network;
  private final List<Socket> sockets = new ArrayList<>();

  /**
   * Attacks a port on loopback.
   *
   * @param network the first three bytes of its 250 addresses
   */
  Attacker(int port, String network) {
    this.port = port;
    this.network = network;
  }

  /** Opens one more connection, from the next of its addresses, and keeps it open. */
  Socket connect() throws IOException {
    return connectFrom(network + "." + (1 + sockets.size() % ADDRESSES));
  }

  /** Opens one more connection from this address; it takes in hardly anything. */
  Socket connectFrom(String address) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(TINY);
    socket.setReuseAddress(true);
    socket.setSoTimeout(20_000);
    socket.bind(new InetSocketAddress(InetAddress.getAllByName(address)[0], 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    return socket;
  }

  /** Opens one more connection and sends this; it is all the same what becomes of it. */
  void send(String text) {
    try {
      write(connect(), text);
    } catch (IOException e) {
      // it was hung up on
    }
  }

  /** Sends this once more on every connection that is still open. */
  void sendToAll(String text) {
    for (Socket socket : sockets) {
      try {
        write(socket, text);
      } catch (IOException e) {
        // it was hung up on
      }
    }
  }

  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Ends its connections with a reset, so that none of its ports is kept waiting. */
  @Override
  public void close() throws IOException {
    for (Socket socket : sockets) {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
    sockets.clear();
  }
}
