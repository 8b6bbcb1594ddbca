package io.github.metallbdyn6.metrics;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.report.PassEvent;
import io.github.metallbdyn6.report.ProgramEvent;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Counts the pushes of routers, those that were not taken by reason. */
final class PushMetrics implements Consumer<PassEvent> {
  private final Counter taken;
  private final Counter refused;

  PushMetrics(PrometheusRegistry registry) {
    taken =
        Counter.builder()
            .name("metallb_dyn6_pushes_taken_total")
            .help("Pushes that were taken, whether the prefix was a new one or not.")
            .register(registry);
    refused =
        Counter.builder()
            .name("metallb_dyn6_pushes_refused_total")
            .help("Pushes that were not taken, by reason.")
            .labelNames("reason")
            .register(registry);
    reasons().forEach(refused::initLabelValues);
  }

  private static Stream<String> reasons() {
    return Stream.concat(
        List.of("credentials", "caller", "rate", "request", "busy", "not_kept").stream(),
        Arrays.stream(RefusedAnswer.Reason.values())
            .map(reason -> reason.name().toLowerCase(Locale.ROOT)));
  }

  @Override
  public void accept(PassEvent what) {
    if (what instanceof ProgramEvent.PushTaken) {
      taken.inc();
    } else if (what instanceof ProgramEvent.PushRefused push) {
      refused.labelValues(push.reason()).inc();
    }
  }
}
