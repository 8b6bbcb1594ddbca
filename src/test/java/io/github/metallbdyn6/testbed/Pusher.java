package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A router that pushes its prefix, byte for byte as real ones do. */
public final class Pusher {
  private static final int PATIENCE_MILLISECONDS = 20_000;

  private final int port;

  /** Pushes to this port on loopback. */
  public Pusher(int port) {
    this.port = port;
  }

  /** Returns the settings that have the program listen to this router. */
  public Map<String, String> variables(String token) {
    return Map.of(
        "METALLB_DYN6_SOURCE",
        "push",
        "METALLB_DYN6_PUSH_TOKEN",
        token,
        "METALLB_DYN6_PUSH_ADDRESS",
        "127.0.0.1",
        "METALLB_DYN6_PUSH_PORT",
        String.valueOf(port));
  }

  /** Tells whether anybody listens. */
  public boolean isHeard() throws IOException {
    try {
      connect().close();
      return true;
    } catch (ConnectException e) {
      return false;
    }
  }

  /** Pushes as a FRITZ!Box does, with nothing escaped; returns status and text. */
  public String fritzBox(String password, String prefix) throws IOException {
    return get(
        "/update?username=router&password=%s&domain=home.example&ip6lanprefix=%s&ip6addr=2001:db8:ffff::1"
            .formatted(password, prefix));
  }

  /**
   * Pushes as a FRITZ!Box does whose URL has a token: what stands in its two fields for user and
   * password, which it insists on, it puts into a header by itself.
   */
  public String fritzBox(String token, String user, String password, String prefix)
      throws IOException {
    return answer(
        "GET /update?token=%s&ip6lanprefix=%s HTTP/1.1\r\nHost: 192.0.2.1\r\nAuthorization: Basic %s\r\nUser-Agent: Fritz!Box DDNS/1.0.1\r\n\r\n"
            .formatted(token, prefix, basic(user, password)));
  }

  /** Pushes as ddclient, inadyn and OPNsense do. */
  public String dyndns2(String user, String password, String address) throws IOException {
    return answer(
        "GET /nic/update?system=dyndns&hostname=home.example&myip=%s HTTP/1.0\r\nHost: x\r\nAuthorization: Basic %s\r\n\r\n"
            .formatted(address.replace(":", "%3A"), basic(user, password)));
  }

  private static String basic(String user, String password) {
    return Base64.getEncoder()
        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
  }

  /** Asks for this target as it is. */
  public String get(String target) throws IOException {
    return answer(
        "GET %s HTTP/1.1\r\nHost: 192.0.2.1\r\nUser-Agent: Fritz!Box DDNS/1.0.1\r\n\r\n"
            .formatted(target));
  }

  /** Sends this as it is and returns status and text of the answer, nothing if it is hung up on. */
  public String answer(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return summary(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    } catch (SocketException e) {
      return "";
    }
  }

  /** Returns a connection. */
  public Socket connect() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
    return socket;
  }

  private static String summary(String response) {
    return response.isEmpty()
        ? ""
        : response.substring("HTTP/1.x ".length(), "HTTP/1.x 200".length())
            + " "
            + response.substring(response.indexOf("\r\n\r\n") + 4).strip();
  }
}
