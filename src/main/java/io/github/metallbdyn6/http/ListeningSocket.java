package io.github.metallbdyn6.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/** Where connections come in. */
final class ListeningSocket {
  private static final int MOST_UNACCEPTED = 1024;

  /** More than a request has; what the system keeps unread is memory of the pod, too. */
  private static final int RECEIVE_BUFFER = 8192;

  private ListeningSocket() {}

  /**
   * Begins to listen.
   *
   * @param selector is told of connections
   * @throws IOException with address and port when that is not possible
   */
  static ServerSocketChannel open(Selector selector, String address, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
      channel.bind(new InetSocketAddress(address, port), MOST_UNACCEPTED);
      channel.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "cannot listen on %s port %d (%s)".formatted(address, port, e.getMessage()), e);
    }
  }
}
