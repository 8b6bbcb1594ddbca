package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.metallbdyn6.text.ForeignText;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, for debugging, each request to the API server, with its answer and how long that took. */
final class RequestLog implements Interceptor {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** A request whose answer never comes must not be remembered for ever. */
  private static final int MOST = 1000;

  /** The client gives the same request another identity each time. */
  private final Map<String, Long> begun = new ConcurrentHashMap<>();

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    if (LOG.isDebugEnabled() && begun.size() < MOST) {
      begun.put(nameOf(request), System.nanoTime());
    }
  }

  @Override
  public void after(
      HttpRequest request,
      HttpResponse<?> response,
      AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    log(request, String.valueOf(response.code()));
  }

  @Override
  public void afterConnectionFailure(HttpRequest request, Throwable failure) {
    log(request, ForeignText.of(failure.toString()));
  }

  private static String nameOf(HttpRequest request) {
    return request.method() + " " + request.uri();
  }

  private void log(HttpRequest request, String answer) {
    Long begin = begun.remove(nameOf(request));
    if (begin != null) {
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      LOG.debug("API: {} -> {} ({} ms)", nameOf(request), answer, millis);
    }
  }
}
