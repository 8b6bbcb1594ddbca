package io.github.metallbdyn6.push;

import io.github.metallbdyn6.http.Handler;
import io.github.metallbdyn6.http.HttpPort;
import io.github.metallbdyn6.http.Request;
import io.github.metallbdyn6.http.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The HTTP port that routers call, in the words of the dyndns2 protocol. */
final class PushPort implements Handler {

  /** Answers callers and their calls; no method takes time, or throws. */
  interface Calls {
    /** Tells whether this address may call. */
    boolean admits(InetAddress caller);

    /** Answers now or later, from any thread. */
    CompletableFuture<PushAnswer> take(InetAddress caller, PushRequest request);
  }

  private final Calls calls;

  private PushPort(Calls calls) {
    this.calls = calls;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException when that is not possible
   */
  static HttpPort open(String address, int port, Calls calls) throws IOException {
    return HttpPort.open("push", address, port, new PushPort(calls));
  }

  @Override
  public boolean admits(InetAddress address) {
    return calls.admits(address);
  }

  @Override
  public CompletionStage<Response> answer(Request request) {
    return take(request).thenApply(answer -> response(request, answer));
  }

  private CompletableFuture<PushAnswer> take(Request request) {
    if (request.hasBody()) {
      return CompletableFuture.completedFuture(PushAnswer.TOO_LARGE);
    }
    return calls.take(
        request.address(),
        PushRequest.of(
            request.method(), request.path(), request.query(), request.header("authorization")));
  }

  private static Response response(Request request, PushAnswer answer) {
    boolean readsWords = readsWordsAlone(request);
    Map<String, String> headers = new HashMap<>(Map.of("Cache-Control", "no-store"));
    if (answer.equals(PushAnswer.BAD_AUTH) && !readsWords) {
      headers.put("WWW-Authenticate", "Basic realm=\"metallb-dyn6\"");
    }
    return Response.text(readsWords ? PushAnswer.OK : answer.status(), answer.line()).with(headers);
  }

  /** ddclient shows its user no word of an answer whose status is not 200. */
  private static boolean readsWordsAlone(Request request) {
    return request.header("user-agent").startsWith("ddclient/");
  }
}
