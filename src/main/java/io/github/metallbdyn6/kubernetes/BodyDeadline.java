package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Ends an answer that does not end by itself: the JDK client's own time-out is over as soon as the
 * first line has come, and a pass would wait for ever for the rest. Only a watch may last.
 */
final class BodyDeadline implements Interceptor {
  private final Duration deadline;

  BodyDeadline(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    boolean watch = String.valueOf(request.uri().getRawQuery()).contains("watch=true");
    if (!watch && response.body() instanceof AsyncBody body) {
      CompletableFuture.delayedExecutor(deadline.toMillis(), TimeUnit.MILLISECONDS)
          .execute(
              () -> {
                if (!body.done().isDone()) {
                  body.cancel();
                }
              });
    }
  }
}
