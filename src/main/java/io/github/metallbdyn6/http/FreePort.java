package io.github.metallbdyn6.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether a port can be listened on. */
public final class FreePort {
  private FreePort() {}

  /**
   * Listens for a moment.
   *
   * @param advice what to do when that is not possible
   * @throws IOException with a sentence for the user when it is not
   */
  public static void require(String address, int port, String advice) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, port));
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on %s port %d (%s); %s".formatted(address, port, e.getMessage(), advice),
          e);
    }
  }
}
