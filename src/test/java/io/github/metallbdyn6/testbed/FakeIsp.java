package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * An ISP with a my-ip service: answers over HTTP with an address under the prefix that the home has
 * today.
 */
public final class FakeIsp implements AutoCloseable {

  private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

  private final LoopbackServer server;
  private final List<Long> asked = new CopyOnWriteArrayList<>();
  private volatile String lastTarget = "";
  private volatile Headers lastHeaders = new Headers();
  private volatile Fault fault;
  private volatile CountDownLatch healed = new CountDownLatch(1);
  private final AtomicInteger strikes = new AtomicInteger();
  private final AtomicInteger turn = new AtomicInteger();
  private volatile List<Reply> answers = List.of(new Reply(503, Map.of(), ""));

  /** Starts the service; until told otherwise it answers 503. */
  public FakeIsp() {
    server = new LoopbackServer(this::handle);
  }

  /** Returns the URL to ask. */
  public String url() {
    return uri() + "/v2/ip.json";
  }

  /** Returns where it listens. */
  URI uri() {
    return server.uri();
  }

  /** From now on the home has this address; the answer is the my-ip API's, version 2. */
  public void givesAddress(String address) {
    answers(document(address));
  }

  /** From now on the home has these addresses in turn. */
  public void alternates(String... addresses) {
    answers = Stream.of(addresses).map(address -> new Reply(200, JSON, document(address))).toList();
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
    answers = List.of(new Reply(status, headers, body));
  }

  /** Returns path and query of the last question, exactly as sent. */
  public String lastTarget() {
    return lastTarget;
  }

  /** Returns a header of the last question. */
  public Optional<String> lastHeader(String name) {
    return Optional.ofNullable(lastHeaders.getFirst(name));
  }

  /** Returns how often it was asked. */
  public int timesAsked() {
    return asked.size();
  }

  /** Returns when it sent each answer, as of {@link System#nanoTime}. */
  public List<Long> answerTimes() {
    return List.copyOf(asked);
  }

  /** From now on every question meets this fault. */
  public void strike(Fault newFault) {
    healed = new CountDownLatch(1);
    fault = newFault;
  }

  /** Returns how many questions have met a fault so far. */
  public int struck() {
    return strikes.get();
  }

  /** Lifts every fault. */
  public void heal() {
    fault = null;
    healed.countDown();
    server.comeBack();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(System.nanoTime());
      lastTarget = String.valueOf(exchange.getRequestURI());
      lastHeaders = exchange.getRequestHeaders();
      List<Reply> all = answers;
      Reply reply = all.get(turn.getAndIncrement() % all.size());
      Fault struck = fault;
      if (struck == null) {
        reply.send(exchange);
      } else {
        strikes.incrementAndGet();
        struck.strike(exchange, () -> reply, server, healed);
      }
    }
  }

  @Override
  public void close() {
    healed.countDown();
    server.close();
  }
}
