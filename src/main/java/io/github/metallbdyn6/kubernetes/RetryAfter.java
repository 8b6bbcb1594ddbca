package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits as long as a busy API server asks (429 with {@code Retry-After}, RFC 6585) and sends the
 * request once more. The server has not acted on it, so that this is safe for a write, too. When it
 * asks for more patience than a pass has, the pass fails and the next one tries.
 */
final class RetryAfter implements Interceptor {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int LONGEST_SECONDS = 10;

  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder request, HttpResponse<?> response, RequestTags tags) {
    int seconds = secondsAskedFor(response.header("Retry-After"));
    if (response.code() != TOO_MANY_REQUESTS || seconds > LONGEST_SECONDS) {
      return CompletableFuture.completedFuture(false);
    }
    Executor later = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
    return CompletableFuture.supplyAsync(() -> true, later);
  }

  /** A second where the header is missing or a date, which Kubernetes does not send. */
  private static int secondsAskedFor(@Nullable String header) {
    return header != null && header.matches("[0-9]{1,6}") ? Integer.parseInt(header) : 1;
  }
}
