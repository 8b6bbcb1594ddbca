package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.Function;

/** How the pool stands, read from the journal at every scrape: 1 for yes, 0 for no. */
final class PoolMetrics {
  private PoolMetrics() {}

  static void register(PrometheusRegistry registry, Journals journals) {
    register(
        registry,
        journals,
        "metallb_dyn6_pool_in_sync",
        "1 if the pool, as last seen, has the addresses that it should have; absent until it was compared.",
        now -> now.plan().map(plan -> now.isInSync()));
    register(
        registry,
        journals,
        "metallb_dyn6_holding",
        "1 while the pool is kept as it is on purpose, since what the program was told is doubtful.",
        now -> Optional.of(now.trouble().filter(Trouble::isKeptOnPurpose).isPresent()));
    register(
        registry,
        journals,
        "metallb_dyn6_reload_pending",
        "1 while MetalLB still has to be restarted; absent until the pool was read.",
        now -> now.pool().map(PoolState::isReloadPending));
  }

  private static void register(
      PrometheusRegistry registry,
      Journals journals,
      String name,
      String help,
      Function<Status, Optional<Boolean>> question) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("pool")
        .callback(
            gauge ->
                journals
                    .measured()
                    .forEach(
                        (pool, now) ->
                            question
                                .apply(now)
                                .ifPresent(yes -> gauge.call(yes ? 1 : 0, PoolLabel.of(pool)))))
        .register(registry);
  }
}
