package io.github.metallbdyn6.testbed;

import java.io.BufferedReader;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that takes requests, and then does to the connection whatever it likes. */
public final class HostileServer implements AutoCloseable {
  private static final int ENOUGH_BYTES = 200_000_000;

  /** Behaviour once a request has been read; the connection is closed afterwards. */
  @FunctionalInterface
  public interface Act {
    /** Writes to the connection; that the other side has closed it ends the act. */
    void on(OutputStream out) throws IOException;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Queue<Act> acts = new ConcurrentLinkedQueue<>();
  private final Act last;

  /**
   * Listens on loopback, on a free port.
   *
   * @param acts one for each request, in this order
   * @param last for all requests after them
   */
  public HostileServer(Collection<Act> acts, Act last) throws IOException {
    this.acts.addAll(acts);
    this.last = last;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** Returns the URL to ask. */
  public String url() {
    return "http://127.0.0.1:%d/v2/ip.json".formatted(listener.getLocalPort());
  }

  /** Waits for a fifth of a second. */
  public static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader request =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = request.readLine();
      while (line != null && !line.isEmpty()) {
        line = request.readLine();
      }
      Act act = acts.poll();
      (act == null ? last : act).on(new Counted(socket.getOutputStream()));
    } catch (IOException e) {
      // the program has had enough
    }
  }

  /** Ends an act that nobody ends: then the program has taken too much. */
  private static final class Counted extends FilterOutputStream {
    private long written;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      written += count;
      if (written > ENOUGH_BYTES) {
        throw new IOException("nobody stops me");
      }
      out.write(bytes, from, count);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
