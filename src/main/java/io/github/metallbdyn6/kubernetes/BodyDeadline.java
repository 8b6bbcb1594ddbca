package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ends an answer that does not end by itself: the JDK client's own time-out is over as soon as the
 * first line has come, and a pass would wait for ever for the rest. A watch may last longer, as
 * long as the API server lets it.
 */
final class BodyDeadline implements Interceptor {
  private static final Pattern WATCH = Pattern.compile("watch=true&.*timeoutSeconds=(\\d+)");

  private final Duration deadline;

  BodyDeadline(Duration deadline) {
    this.deadline = deadline;
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    Duration longest = deadline.plus(lastingOf(request.uri()));
    if (response.body() instanceof AsyncBody body) {
      // of a copy, since the time-out goes with it: nothing remembers an answer that has ended
      var unused =
          body.done()
              .copy()
              .orTimeout(longest.toMillis(), TimeUnit.MILLISECONDS)
              .whenComplete((ended, failure) -> cancelIfLate(body, failure));
    }
  }

  /** A watch says itself after which time the API server has to end it. */
  static Duration lastingOf(URI request) {
    Matcher watch = WATCH.matcher(String.valueOf(request.getRawQuery()));
    return watch.find() ? Duration.ofSeconds(Long.parseLong(watch.group(1))) : Duration.ZERO;
  }

  private static void cancelIfLate(AsyncBody body, @Nullable Throwable failure) {
    if (failure instanceof TimeoutException) {
      body.cancel();
    }
  }
}
