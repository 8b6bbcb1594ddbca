package io.github.metallbdyn6.testbed;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** One of the program's own HTTP ports, as a user asks it. */
public final class Http {
  /** Not HTTP/2: the JDK's client loses an answer now and then when it upgrades to it. */
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final int port;

  /** Asks this port on loopback. */
  public Http(int port) {
    this.port = port;
  }

  /** Asks once. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path))).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Returns the status, 0 while nobody listens. */
  public int status(String path) throws IOException, InterruptedException {
    try {
      return get(path).statusCode();
    } catch (ConnectException e) {
      return 0;
    }
  }
}
