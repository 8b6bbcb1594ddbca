package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.report.FollowerEvent;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.PassEvent;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Consumer;

/** Counts what followers were told, and how often they failed. */
final class FollowerMetrics implements Consumer<PassEvent> {
  private final Counter told;
  private final Counter failures;

  FollowerMetrics(PrometheusRegistry registry, Journals journals, List<String> followers) {
    told =
        Counter.builder()
            .name("metallb_dyn6_follower_told_total")
            .help("Times that a follower was told something, with success.")
            .labelNames("follower")
            .register(registry);
    failures =
        Counter.builder()
            .name("metallb_dyn6_follower_failures_total")
            .help("Times that a follower failed.")
            .labelNames("follower")
            .register(registry);
    GaugeWithCallback.builder()
        .name("metallb_dyn6_follower_current")
        .help("1 while a follower knows the current prefix, else 0.")
        .labelNames("follower")
        .callback(
            gauge ->
                journals
                    .followers()
                    .forEach(it -> gauge.call(it.condition().equals("told") ? 1 : 0, it.name())))
        .register(registry);
    followers.forEach(told::initLabelValues);
    followers.forEach(failures::initLabelValues);
  }

  @Override
  public void accept(PassEvent what) {
    if (what instanceof FollowerEvent.FollowerTold it) {
      told.labelValues(it.follower()).inc();
    } else if (what instanceof FollowerEvent it) {
      failures.labelValues(it.follower()).inc();
    }
  }
}
