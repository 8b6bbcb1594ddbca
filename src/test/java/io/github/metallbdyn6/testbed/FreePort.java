package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A TCP port that nobody listens on. */
public final class FreePort {

  /** Below the ports that the system takes for outgoing connections, by Linux's default. */
  private static final int LOWEST = 20_000;

  private static final int BOUND = 32_000;
  private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

  private FreePort() {}

  /** Returns one that was not returned before; the system hands it out to nobody. */
  public static int find() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
      if (GIVEN.add(port) && isFree(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
