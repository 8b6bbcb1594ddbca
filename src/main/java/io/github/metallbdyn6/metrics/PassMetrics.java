package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.report.PassEvent;
import io.github.metallbdyn6.report.RestartEvent;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Counts what happens in passes. Every counter that can ever count is there from the start, since
 * Prometheus sees no increase in a series that begins with 1.
 */
final class PassMetrics {
  private static final String SUCCEEDED = "succeeded";
  private static final String HELD = "held";
  private static final String FAILED = "failed";
  private static final List<String> RESULTS = List.of(SUCCEEDED, HELD, FAILED);

  /** From a Deployment alone to a DaemonSet whose images have to be pulled. */
  private static final double[] RELOAD_SECONDS = {1, 2, 5, 10, 20, 30, 60, 120, 180, 300};

  private final String source;
  private final Counter passes;
  private final Counter changes;
  private final Counter refused;
  private final Histogram reloads;
  private final Info prefix;

  PassMetrics(PrometheusRegistry registry, String source) {
    this.source = source;
    passes =
        Counter.builder()
            .name("metallb_dyn6_passes_total")
            .help("Passes that ended: succeeded, held (the pool was kept on purpose) or failed.")
            .labelNames("pool", "result")
            .register(registry);
    changes =
        Counter.builder()
            .name("metallb_dyn6_changes_total")
            .help("Patches that gave a pool other addresses.")
            .labelNames("pool")
            .register(registry);
    refused =
        Counter.builder()
            .name("metallb_dyn6_answers_refused_total")
            .help("Answers that came from a source but were doubtful, by reason.")
            .labelNames("source", "reason")
            .register(registry);
    reloads =
        Histogram.builder()
            .name("metallb_dyn6_reload_seconds")
            .help("Time from deleting MetalLB's pods until as many new ones were Ready.")
            .classicOnly()
            .classicUpperBounds(RELOAD_SECONDS)
            .register(registry);
    prefix =
        Info.builder()
            .name("metallb_dyn6_prefix_info")
            .help("The last usable prefix that a source answered, as a label; absent before.")
            .labelNames("prefix", "source")
            .register(registry);
    for (RefusedAnswer.Reason reason : RefusedAnswer.Reason.values()) {
      refused.initLabelValues(source, label(reason));
    }
  }

  /** Returns what counts what happens to this pool. */
  Consumer<PassEvent> of(String pool) {
    RESULTS.forEach(result -> passes.initLabelValues(pool, result));
    changes.initLabelValues(pool);
    return what -> count(what, pool);
  }

  /** Removes the series of a pool that is kept no more. */
  void forget(String pool) {
    RESULTS.forEach(result -> passes.remove(pool, result));
    changes.remove(pool);
  }

  private void count(PassEvent what, String pool) {
    if (what instanceof PassEvent.PassSucceeded) {
      passes.labelValues(pool, SUCCEEDED).inc();
    } else if (what instanceof PassEvent.PassFailed failed) {
      passes.labelValues(pool, failed.trouble().isHold() ? HELD : FAILED).inc();
    } else if (what instanceof PassEvent.PoolPatched) {
      changes.labelValues(pool).inc();
    }
  }

  /** Counts what no pool is the label of. */
  void countOnce(PassEvent what) {
    if (what instanceof PassEvent.PassFailed failed) {
      failed
          .trouble()
          .why()
          .refusal()
          .ifPresent(it -> refused.labelValues(source, label(it)).inc());
    } else if (what instanceof RestartEvent.MetalLbReloaded reloaded && !what.isEveryday()) {
      reloads.observe(reloaded.took().toMillis() / 1000.0);
    } else if (what instanceof PassEvent.PrefixChanged changed) {
      prefix.setLabelValues(changed.now().toString(), changed.source());
    }
  }

  private static String label(RefusedAnswer.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
