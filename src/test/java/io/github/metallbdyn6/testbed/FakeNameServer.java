package io.github.metallbdyn6.testbed;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A name server on loopback, by UDP and TCP on one port, that answers as it is told to. */
public final class FakeNameServer implements AutoCloseable {
  /** Makes an answer of the question. */
  public interface Answer extends UnaryOperator<DnsMessage> {}

  private static final int LONGEST_QUESTION = 512;

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile List<Answer> byUdp = List.of();
  private volatile List<Answer> byTcp = List.of();

  /** Starts it; until told otherwise it is silent. */
  public FakeNameServer(InetAddress address) {
    try {
      tcp = new ServerSocket(0, 0, address);
      udp = new DatagramSocket(new InetSocketAddress(address, tcp.getLocalPort()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    new Thread(this::serveUdp, "name-server-udp").start();
    new Thread(this::serveTcp, "name-server-tcp").start();
  }

  /** Returns where it listens, as {@code host:port}. */
  public String address() {
    String host = udp.getLocalAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + udp.getLocalPort();
  }

  /** From now on every question by UDP gets these answers, one after the other. */
  public void answers(Answer... messages) {
    byUdp = List.of(messages);
  }

  /** From now on every question by TCP gets these answers; with none, the connection is closed. */
  public void answersByTcp(Answer... messages) {
    byTcp = List.of(messages);
  }

  /** Is silent again, and forgets what was asked. */
  public void beginAnew() {
    byUdp = List.of();
    byTcp = List.of();
    asked.clear();
  }

  /** Returns what was asked so far, such as {@code udp AAAA example.net}. */
  public List<String> asked() {
    return List.copyOf(asked);
  }

  private void serveUdp() {
    byte[] buffer = new byte[LONGEST_QUESTION];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        DnsMessage question = DnsMessage.question(Arrays.copyOf(buffer, packet.getLength()));
        asked.add("udp " + question);
        for (Answer answer : byUdp) {
          byte[] bytes = answer.apply(question).bytes();
          udp.send(new DatagramPacket(bytes, bytes.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // closed, or nobody waits for the answer any more
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        DnsMessage question = DnsMessage.question(in.readNBytes(in.readUnsignedShort()));
        asked.add("tcp " + question);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        for (Answer answer : byTcp) {
          byte[] bytes = answer.apply(question).bytes();
          out.writeShort(bytes.length);
          out.write(bytes);
        }
      } catch (IOException e) {
        // closed, or nobody waits for the answer any more
      }
    }
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
