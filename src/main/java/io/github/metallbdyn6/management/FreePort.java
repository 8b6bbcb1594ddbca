package io.github.metallbdyn6.management;

import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Whether a port can be listened on. */
final class FreePort {
  private FreePort() {}

  /**
   * Listens for a moment.
   *
   * @throws IOException with a sentence for the user when that is not possible
   */
  static void require(String address, Settings settings, Setting port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(address, settings.number(port)));
    } catch (IOException e) {
      throw new IOException(
          "cannot listen on %s port %s (%s); choose another %s, 0 for none"
              .formatted(address, settings.get(port), e.getMessage(), port.variable()),
          e);
    }
  }
}
