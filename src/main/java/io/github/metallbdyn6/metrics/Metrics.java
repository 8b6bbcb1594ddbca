package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/**
 * All metrics: ours, those of the process and its JVM, and Camel's.
 *
 * <p>Ours are made with Prometheus' own library and not through Micrometer, since that has a kind
 * of metric whose old series goes when the new one comes, and one that is read when it is asked
 * for.
 */
public final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final SourceMetrics sources;

  /** Measures from now on what this journal is told. */
  public Metrics(Journal journal, Settings settings) {
    String source = settings.get(Setting.SOURCE);
    sources = new SourceMetrics(registry, settings.sources());
    journal.addReader(new PassMetrics(registry, source));
    journal.addReader(new PushMetrics(registry));
    PoolMetrics.register(registry, journal, settings.get(Setting.METALLB_POOL));
    TimeMetrics.register(registry, journal, settings.number(Setting.UPDATE_INTERVAL));
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
  }

  /** Returns what has to be told by Camel how long the sources take. */
  public SourceMetrics sources() {
    return sources;
  }

  /** Returns the same metrics to Camel, which adds its own and serves all of them. */
  public PrometheusMeterRegistry forCamel() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  }
}
