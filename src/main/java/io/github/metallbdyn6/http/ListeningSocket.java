package io.github.metallbdyn6.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Where connections come in. */
final class ListeningSocket implements AutoCloseable {
  private static final int MOST_UNACCEPTED = 1024;

  /** More than a request has; what the system keeps unread is memory of the pod, too. */
  private static final int RECEIVE_BUFFER = 8192;

  /** Fewer than a caller may have: whoever asks at once is read before it can be pushed out. */
  private static final int MOST_ACCEPTED_AT_A_TIME = 16;

  private final ServerSocketChannel channel;

  private ListeningSocket(ServerSocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Begins to listen.
   *
   * @param selector is told of connections
   * @throws IOException with address and port when that is not possible
   */
  static ListeningSocket open(Selector selector, String address, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(new InetSocketAddress(address, port), MOST_UNACCEPTED);
      channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      return new ListeningSocket(channel);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "cannot listen on %s port %d (%s)".formatted(address, port, e.getMessage()), e);
    }
  }

  /** Takes a new connection. */
  interface Guest {
    void admit(SocketChannel channel) throws IOException;
  }

  /** Accepts some of those who wait. */
  void accept(Guest guests) {
    try {
      for (int i = 0; i < MOST_ACCEPTED_AT_A_TIME; i++) {
        SocketChannel accepted = channel.accept();
        if (accepted == null) {
          return;
        }
        guests.admit(accepted);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
