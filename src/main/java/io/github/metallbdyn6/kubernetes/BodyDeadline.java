package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Ends an answer that does not end by itself: the JDK client's own time-out is over as soon as the
 * first line has come, and a pass would wait for ever for the rest. A watch may last longer, as
 * long as the API server lets it.
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
    Duration longest = watch ? deadline.plus(ObjectWatch.LONGEST) : deadline;
    if (response.body() instanceof AsyncBody body) {
      // of a copy, since the time-out goes with it: nothing remembers an answer that has ended
      var unused =
          body.done()
              .copy()
              .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((ended, failure) -> cancelIfLate(body, failure));
    }
  }

  private static void cancelIfLate(AsyncBody body, @Nullable Throwable failure) {
    if (failure instanceof TimeoutException) {
      body.cancel();
    }
  }
}
