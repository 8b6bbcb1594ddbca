package io.github.metallbdyn6.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSendingEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Measures every call of a route {@code direct:source-NAME}, whoever calls it; a repeated call
 * counts anew.
 */
public final class SourceMetrics extends EventNotifierSupport {
  private static final String SOURCE_ROUTE = "direct://source-";

  /** Up to the longest time-out that can be set. */
  private static final double[] SECONDS = {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60};

  private final Histogram seconds;
  private final Counter failures;

  SourceMetrics(PrometheusRegistry registry, List<String> sources) {
    seconds =
        Histogram.builder()
            .name("metallb_dyn6_source_seconds")
            .help("Time that a source took for an answer, or to fail.")
            .labelNames("source")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .register(registry);
    failures =
        Counter.builder()
            .name("metallb_dyn6_source_failures_total")
            .help("Times that a source was asked and gave no answer that its route understands.")
            .labelNames("source")
            .register(registry);
    sources.forEach(seconds::initLabelValues);
    sources.forEach(failures::initLabelValues);
  }

  /** Camel takes the time only if somebody also wants to know that a call begins. */
  @Override
  public boolean isEnabled(CamelEvent event) {
    return event instanceof ExchangeSendingEvent || event instanceof ExchangeSentEvent;
  }

  @Override
  public void notify(CamelEvent event) {
    if (event instanceof ExchangeSentEvent sent && isSource(sent.getEndpoint())) {
      String source = nameOf(sent.getEndpoint());
      seconds.labelValues(source).observe(sent.getTimeTaken() / 1000.0);
      if (sent.getExchange().isFailed()) {
        failures.labelValues(source).inc();
      }
    }
  }

  private static boolean isSource(Endpoint endpoint) {
    return endpoint.getEndpointUri().startsWith(SOURCE_ROUTE);
  }

  private static String nameOf(Endpoint endpoint) {
    return endpoint.getEndpointUri().substring(SOURCE_ROUTE.length()).replaceFirst("\\?.*", "");
  }
}
