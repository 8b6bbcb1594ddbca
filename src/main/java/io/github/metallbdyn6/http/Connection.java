package io.github.metallbdyn6.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A connection from its first byte to its end: it asks once, is answered once, and is closed. Only
 * the port's thread touches it.
 */
final class Connection {
  /** How long a caller may take to say what it wants. */
  private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long the answer and its way to the caller may take. */
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(30);

  /** How long we wait for the caller to hang up, so that a reset does not overtake the answer. */
  private static final long GOODBYE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_IGNORED = 65_536;

  /** The system keeps answers for callers that do not read: memory of the pod, too. */
  private static final int SEND_BUFFER = 32_768;

  /** The state of a connection; under pressure the first of these have to go before the others. */
  enum Phase {
    /** It has been answered, and we wait for it to hang up. */
    LEAVING,
    /** Its request is on its way. */
    ASKING,
    /** Its answer is on its way. */
    HEARING,
    /** Its answer is being rendered. */
    WAITING
  }

  private final SocketChannel channel;
  private final SelectionKey key;
  private final InetAddress address;
  private final Caller caller;
  private final Head head = new Head();
  private Phase phase = Phase.ASKING;
  private long deadline;
  private ByteBuffer[] unsent = {};
  private int ignored;

  Connection(SocketChannel channel, SelectionKey key, InetAddress address, long now) {
    this.channel = channel;
    this.key = key;
    this.address = address;
    this.caller = Caller.of(address);
    this.deadline = now + HEAD_NANOS;
    key.attach(this);
    key.interestOps(SelectionKey.OP_READ);
  }

  Caller caller() {
    return caller;
  }

  Phase phase() {
    return phase;
  }

  boolean isOverdue(long now) {
    return now - deadline > 0;
  }

  /**
   * Goes on where the network lets it.
   *
   * @param arrived for what is read, the same for all connections
   * @return the request, once it is there
   */
  Optional<Request> proceed(ByteBuffer arrived, long now) throws IOException {
    switch (phase) {
      case ASKING -> {
        return read(arrived, now);
      }
      case HEARING -> write(now);
      case LEAVING -> ignore(arrived);
      case WAITING -> {} // for us, and not for the network
    }
    return Optional.empty();
  }

  private Optional<Request> read(ByteBuffer arrived, long now) throws IOException {
    if (channel.read(arrived.clear()) < 0) {
      close();
      return Optional.empty();
    }
    return switch (head.add(arrived.flip())) {
      case INCOMPLETE -> Optional.empty();
      case COMPLETE -> request(now);
      case NONSENSE -> refuse(400, "this is not HTTP/1.1", now);
      case LINE_TOO_LONG -> refuse(414, "the first line of the request is too long", now);
      case TOO_LONG -> refuse(431, "the headers of the request are too long", now);
    };
  }

  private Optional<Request> request(long now) throws IOException {
    Optional<Request> request = Request.parse(address, head.toString());
    if (request.isEmpty()) {
      return refuse(400, "this is not a request of HTTP/1.1", now);
    }
    phase = Phase.WAITING;
    deadline = now + ANSWER_NANOS;
    key.interestOps(0);
    return request;
  }

  private Optional<Request> refuse(int status, String why, long now) throws IOException {
    deadline = now + ANSWER_NANOS;
    send(Response.text(status, why), true, now);
    return Optional.empty();
  }

  /** Sends the answer, as far as the caller takes it now. */
  void send(Response response, boolean withBody, long now) throws IOException {
    if (channel.isOpen()) {
      channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
      unsent = response.bytes(withBody);
      phase = Phase.HEARING;
      write(now);
    }
  }

  private void write(long now) throws IOException {
    channel.write(unsent);
    if (unsent[unsent.length - 1].hasRemaining()) {
      key.interestOps(SelectionKey.OP_WRITE);
      return;
    }
    channel.shutdownOutput();
    unsent = new ByteBuffer[0];
    phase = Phase.LEAVING;
    deadline = now + GOODBYE_NANOS;
    key.interestOps(SelectionKey.OP_READ);
  }

  private void ignore(ByteBuffer arrived) throws IOException {
    int more = channel.read(arrived.clear());
    ignored += more;
    if (more < 0 || ignored > MOST_IGNORED) {
      close();
    }
  }

  void close() {
    key.cancel();
    try {
      channel.close();
    } catch (IOException e) {
      // it is closed
    }
  }

  boolean isOpen() {
    return channel.isOpen();
  }
}
