package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.report.Journals;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How many services of the pool are in which condition, read from the journal at every scrape. */
final class ServiceMetrics {
  private ServiceMetrics() {}

  static void register(PrometheusRegistry registry, Journals journals) {
    GaugeWithCallback.builder()
        .name("metallb_dyn6_services")
        .help(
            "The services of the pool by their condition; absent while the program cannot see services.")
        .labelNames("pool", "state")
        .callback(
            gauge ->
                journals
                    .measured()
                    .forEach(
                        (pool, now) ->
                            now.serviceCounts()
                                .forEach(
                                    (kind, count) ->
                                        gauge.call(count, PoolLabel.of(pool), kind.toString()))))
        .register(registry);
  }
}
