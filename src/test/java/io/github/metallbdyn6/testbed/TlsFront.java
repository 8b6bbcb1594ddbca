package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Puts TLS in front of a server on loopback that has none. */
final class TlsFront implements AutoCloseable {
  private final ServerSocket door;
  private final int plainPort;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  TlsFront(URI plain, TestCertificate certificate) throws IOException, GeneralSecurityException {
    plainPort = plain.getPort();
    door =
        certificate
            .forServer()
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Returns where the server is reached by TLS. */
  URI uri() {
    return URI.create("https://127.0.0.1:" + door.getLocalPort());
  }

  private void accept() {
    try {
      while (true) {
        Socket outside = door.accept();
        threads.execute(() -> serve(outside));
      }
    } catch (IOException e) {
      threads.shutdown(); // the door was closed
    }
  }

  private void serve(Socket outside) {
    try (outside;
        Socket inside = new Socket(InetAddress.getLoopbackAddress(), plainPort)) {
      outside.setTcpNoDelay(true);
      inside.setTcpNoDelay(true);
      threads.execute(() -> pass(inside, outside));
      pass(outside, inside);
    } catch (IOException e) {
      // the server behind is down: the client sees a broken connection
    }
  }

  /** Ends with both connections closed, whoever hung up. */
  private static void pass(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // the other direction has closed them
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
