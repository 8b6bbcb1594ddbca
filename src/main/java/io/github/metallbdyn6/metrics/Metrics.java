package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.PassEvent;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.micrometer.eventnotifier.MicrometerRouteEventNotifier;
import org.apache.camel.component.micrometer.routepolicy.MicrometerRoutePolicyFactory;

/**
 * All metrics: ours, those of the process and its JVM, and Camel's.
 *
 * <p>Ours are made with Prometheus' own library and not through Micrometer, since that has a kind
 * of metric whose old series goes when the new one comes, and one that is read when it is asked
 * for.
 */
public final class Metrics {
  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusMeterRegistry camel =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
  private final SourceMetrics sources;
  private final PassMetrics passes;
  private final PushMetrics pushes;
  private final Consumer<PassEvent> followers;

  /** Measures from now on how things stand with the pools. */
  public Metrics(Journals journals, Settings settings) {
    sources = new SourceMetrics(registry, settings.sources());
    passes = new PassMetrics(registry, settings.get(Setting.SOURCE));
    pushes = new PushMetrics(registry);
    PoolMetrics.register(registry, journals);
    ServiceMetrics.register(registry, journals);
    TimeMetrics.register(registry, journals, settings.number(Setting.UPDATE_INTERVAL));
    followers =
        settings.followers().isEmpty()
            ? what -> {}
            : new FollowerMetrics(registry, journals, settings.followers());
    GaugeWithCallback.builder()
        .name("metallb_dyn6_leader")
        .help("1 if this replica leads and runs the passes, 0 while it stands by for another one.")
        .callback(gauge -> gauge.call(journals.leadership().leads() ? 1 : 0))
        .register(registry);
    ProcessMetrics.builder().register(registry);
    JvmMemoryMetrics.builder().register(registry);
    JvmGarbageCollectorMetrics.builder().register(registry);
  }

  /**
   * Returns what counts what happens to a pool.
   *
   * @param leads tells whether what happens to all pools at once is counted for this one
   */
  public Consumer<PassEvent> of(String pool, BooleanSupplier leads) {
    Consumer<PassEvent> counter = passes.of(PoolLabel.of(pool));
    return what -> {
      counter.accept(what);
      followers.accept(what);
      if (!what.isShared() || leads.getAsBoolean()) {
        passes.countOnce(what);
        pushes.accept(what);
      }
    };
  }

  /** Removes the series of a pool that is kept no more, which nothing happens to any more. */
  public void forget(String pool) {
    passes.forget(PoolLabel.of(pool));
  }

  /** Returns what has to be told by Camel how long the sources take. */
  public SourceMetrics sources() {
    return sources;
  }

  /** Has Camel measure, too; before it has any routes. */
  public void measure(CamelContext context) throws Exception {
    MicrometerRoutePolicyFactory routes = new MicrometerRoutePolicyFactory();
    routes.setMeterRegistry(camel);
    context.addService(routes);
    context.addRoutePolicyFactory(routes);
    MicrometerRouteEventNotifier numbers = new MicrometerRouteEventNotifier();
    numbers.setMeterRegistry(camel);
    context.getManagementStrategy().addEventNotifier(numbers);
  }

  /** Returns all metrics as they are now, in a format that Prometheus reads. */
  public String scrape(String contentType) {
    return camel.scrape(contentType);
  }
}
