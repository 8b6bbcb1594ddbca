package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An ISP with a my-ip service: answers over HTTP with an address under the prefix that the home has
 * today.
 */
public final class FakeIsp implements AutoCloseable {

  /** One answer, as it goes over the wire. */
  private record Answer(int status, Map<String, String> headers, String body) {}

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final LoopbackServer server;
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Answer> answers = List.of(new Answer(503, Map.of(), ""));

  /** Starts the service; until told otherwise it answers 503. */
  public FakeIsp() {
    server = new LoopbackServer(this::handle);
  }

  /** Returns the URL to ask. */
  public String url() {
    return server.uri() + "/v2/ip.json";
  }

  /** From now on the home has this address; the answer is the my-ip API's, version 2. */
  public void givesAddress(String address) {
    answers(document(address));
  }

  /** From now on the home has these addresses in turn. */
  public void alternates(String... addresses) {
    answers =
        Stream.of(addresses).map(address -> new Answer(200, JSON, document(address))).toList();
  }

  private static String document(String address) {
    return """
        {"success":true,"ip":"%s","type":"IPv6","country":{"code":"XX","name":"Nowhere"},"region":"","city":"",
         "location":{"lat":0.0,"lon":0.0},"timeZone":"UTC","asn":{"number":64496,"name":"EXAMPLE","network":"2001:db8::/32"}}
        """
        .formatted(address);
  }

  /** From now on answers this text with status 200. */
  public void answers(String body) {
    answers(200, JSON, body);
  }

  /** From now on answers like this. */
  public void answers(int status, Map<String, String> headers, String body) {
    answers = List.of(new Answer(status, headers, body));
  }

  /** Returns how often it was asked. */
  public int timesAsked() {
    return asked.size();
  }

  /** Returns when it sent each answer, as of {@link System#nanoTime}. */
  public List<Long> answerTimes() {
    return List.copyOf(asked);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Answer> all = answers;
      Answer now = all.get(turn.getAndIncrement() % all.size());
      now.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
      asked.add(System.nanoTime());
      exchange.sendResponseHeaders(now.status(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
