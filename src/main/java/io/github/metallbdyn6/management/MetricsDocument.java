package io.github.metallbdyn6.management;

import io.github.metallbdyn6.http.Request;
import io.github.metallbdyn6.http.Response;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.status.Document;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The metrics in the format that the scraper asks for. */
final class MetricsDocument implements Document {
  private static final String OPEN_METRICS = "application/openmetrics-text";

  private final Document text;
  private final Document openMetrics;

  MetricsDocument(Metrics metrics, Executor threads) {
    text = in("text/plain; version=0.0.4; charset=utf-8", metrics, threads);
    openMetrics = in(OPEN_METRICS + "; version=1.0.0; charset=utf-8", metrics, threads);
  }

  private static Document in(String type, Metrics metrics, Executor threads) {
    return Document.rendered(() -> Response.of(200, type, metrics.scrape(type)), threads);
  }

  @Override
  public CompletableFuture<Response> answer(Request request) {
    return (request.header("accept").contains(OPEN_METRICS) ? openMetrics : text).answer(request);
  }
}
