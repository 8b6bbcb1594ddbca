package io.github.metallbdyn6.testbed;

import com.sun.net.httpserver.HttpExchange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Stands between the program and the API server, fake or real: writes down every request, and
 * answers some of them itself where a test wants a fault.
 */
public final class ApiProxy implements AutoCloseable {
  private static final int FORWARD_SECONDS = 20;
  private static final Reply ACCESS_DENIED =
      Reply.json(
          201,
          "{\"kind\":\"SelfSubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\",\"metadata\":{},\"status\":{\"allowed\":false}}");

  /** An action that takes the place of passing a request on. */
  public interface Detour {
    /** Takes over the exchange. */
    void take(HttpExchange exchange, Fault.Acting server) throws IOException;
  }

  private final LoopbackServer server;
  private final KubernetesClient upstream;
  private final List<ApiCall> calls = new CopyOnWriteArrayList<>();
  private final List<ApiCall> events = new CopyOnWriteArrayList<>();
  private final List<ApiCall> watches = new CopyOnWriteArrayList<>();
  private final List<ApiCall> acted = new CopyOnWriteArrayList<>();
  private volatile Function<ApiCall, Optional<Detour>> detours = call -> Optional.empty();
  private final AtomicInteger struck = new AtomicInteger();
  private volatile String token = "";
  private final Map<ApiCall, Long> answered = new ConcurrentHashMap<>();
  private final Set<WatchStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean servicesAllowed;
  private volatile CountDownLatch healed = new CountDownLatch(1);

  ApiProxy(KubernetesClient upstream) {
    this.upstream = upstream;
    this.server = new LoopbackServer(this::handle);
  }

  /** Returns where the program finds the API server. */
  public URI uri() {
    return server.uri();
  }

  /** Returns the requests so far, without those that only tell of others: see {@link #events}. */
  public List<ApiCall> calls() {
    return List.copyOf(calls);
  }

  /**
   * Returns the requests so far that the API server has acted on, whether it could say so or not.
   */
  public List<ApiCall> acted() {
    return List.copyOf(acted);
  }

  /** Returns the Events that were sent so far, whether they arrived or not. */
  public List<ApiCall> events() {
    return List.copyOf(events);
  }

  /** Returns the watches that were begun so far, most of which go on. */
  public List<ApiCall> watches() {
    return List.copyOf(watches);
  }

  /** Returns the writes so far. */
  public List<ApiCall> writes() {
    return calls.stream().filter(ApiCall::isWrite).toList();
  }

  /** Returns when a call was answered that succeeded, as of {@link System#nanoTime}. */
  public long answeredAt(ApiCall call) {
    return answered.getOrDefault(call, Long.MAX_VALUE);
  }

  /** From now on asks for every call whether to take a detour. */
  public void detour(Function<ApiCall, Optional<Detour>> detours) {
    this.detours = detours;
  }

  /** From now on these calls meet this fault. */
  public void strike(Predicate<ApiCall> which, Fault fault) {
    healed = new CountDownLatch(1);
    detour(
        call ->
            which.test(call)
                ? Optional.of(
                    (exchange, acting) -> {
                      struck.incrementAndGet();
                      fault.strike(exchange, acting, server, healed);
                    })
                : Optional.empty());
  }

  /** Returns how many calls have met a fault so far. */
  public int struck() {
    return struck.get();
  }

  /** From now on answers 401 unless a request carries this token. */
  public void accept(String newToken) {
    token = newToken;
  }

  /**
   * From now on the program's account may list, watch and patch services, or may not. At first it
   * may not, as without the component handover.
   */
  public void allowServices(boolean allowed) {
    servicesAllowed = allowed;
  }

  private Optional<Detour> refusal(ApiCall call) {
    return call.isAccessReview() && call.body().contains("\"services\"") && !servicesAllowed
        ? Optional.of(answer(ACCESS_DENIED))
        : Optional.empty();
  }

  /** Lifts every fault. */
  public void heal() {
    detour(call -> Optional.empty());
    healed.countDown();
    server.comeBack();
  }

  /** Answers with a Kubernetes Status instead of passing the call on. */
  public static Detour status(int code, String reason, String message) {
    Reply reply =
        Reply.json(
            code,
            "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"%s\",\"code\":%d,\"message\":\"%s\"}"
                .formatted(reason, code, message.replace("\"", "\\\"")));
    return answer(reply);
  }

  /** Answers this instead of passing the call on. */
  public static Detour answer(Reply reply) {
    return (exchange, acting) -> reply.send(exchange);
  }

  /** Passes the call on, and its answer back, no sooner than this. */
  public static Detour hold(CountDownLatch released) {
    return (exchange, acting) -> {
      try {
        released.await(FORWARD_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      acting.act().send(exchange);
    };
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      ApiCall call =
          new ApiCall(
              exchange.getRequestMethod(),
              decoded(exchange.getRequestURI()),
              body,
              System.nanoTime());
      if (WatchStream.isUpgrade(exchange) && detours.apply(call).isEmpty()) {
        Reply.json(200, "").send(exchange);
        return;
      }
      (call.isWatch() ? watches : call.isEvent() ? events : calls).add(call);
      boolean watch = WatchStream.isAskedBy(exchange);
      Fault.Acting acting = () -> watch ? Reply.json(200, "") : forward(call, exchange);
      Optional<Detour> detour =
          isAccepted(exchange)
              ? detours.apply(call).or(() -> refusal(call))
              : Optional.of(status(401, "Unauthorized", "Unauthorized"));
      if (detour.isPresent()) {
        detour.get().take(exchange, acting);
      } else if (watch) {
        follow(new WatchStream(exchange));
      } else {
        acting.act().send(exchange);
      }
    }
  }

  private void follow(WatchStream stream) throws IOException {
    streams.add(stream);
    try {
      stream.pass(upstream, base());
    } finally {
      streams.remove(stream);
    }
  }

  /** Ends all watches that are open; new ones may begin. */
  public void endWatches() {
    streams.forEach(WatchStream::end);
  }

  private boolean isAccepted(HttpExchange exchange) {
    String wanted = token;
    return wanted.isEmpty()
        || ("Bearer " + wanted).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private static String decoded(URI uri) {
    return uri.getQuery() == null ? uri.getPath() : uri.getPath() + "?" + uri.getQuery();
  }

  private String base() {
    return upstream.getMasterUrl().toString().replaceFirst("/$", "");
  }

  private Reply forward(ApiCall call, HttpExchange exchange) throws IOException {
    String type = exchange.getRequestHeaders().getFirst("Content-Type");
    HttpRequest request =
        upstream
            .getHttpClient()
            .newHttpRequestBuilder()
            .uri(base() + exchange.getRequestURI())
            .method(call.method(), type, call.body().isEmpty() ? null : call.body())
            .build();
    try {
      HttpResponse<byte[]> response =
          upstream
              .getHttpClient()
              .sendAsync(request, byte[].class)
              .get(FORWARD_SECONDS, TimeUnit.SECONDS);
      if (response.isSuccessful() && !call.isEvent()) {
        answered.put(call, System.nanoTime());
        acted.add(call);
      }
      return Reply.json(response.code(), new String(response.body(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the API server behind the proxy does not answer", e);
    }
  }

  @Override
  public void close() {
    healed.countDown();
    server.close();
  }
}
