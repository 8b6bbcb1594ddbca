package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** When a pass succeeded last, and how often one is due: enough to tell whether it is too long. */
final class TimeMetrics {
  private TimeMetrics() {}

  static void register(PrometheusRegistry registry, Journals journals, int intervalSeconds) {
    GaugeWithCallback.builder()
        .name("metallb_dyn6_last_success_timestamp_seconds")
        .help(
            "When a pass succeeded last, as Unix time; 0 before the first. Of several pools, for the one that waits longest.")
        .callback(
            gauge ->
                gauge.call(
                    journals.measured().values().stream()
                        .mapToDouble(TimeMetrics::lastSuccess)
                        .min()
                        .orElse(0.0)))
        .register(registry);
    GaugeWithCallback.builder()
        .name("metallb_dyn6_pool_last_success_timestamp_seconds")
        .help("When a pass succeeded last for a pool, as Unix time; 0 before the first.")
        .labelNames("pool")
        .callback(
            gauge ->
                journals
                    .measured()
                    .forEach((pool, now) -> gauge.call(lastSuccess(now), PoolLabel.of(pool))))
        .register(registry);
    Gauge.builder()
        .name("metallb_dyn6_update_interval_seconds")
        .help("Time between two passes, as set.")
        .register(registry)
        .set(intervalSeconds);
  }

  private static double lastSuccess(Status now) {
    return now.lastSuccess().map(time -> time.toEpochMilli() / 1000.0).orElse(0.0);
  }
}
