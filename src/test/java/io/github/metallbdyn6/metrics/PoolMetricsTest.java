package io.github.metallbdyn6.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pass.OnePool;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.testbed.Explainers;
import io.github.metallbdyn6.testbed.Scrape;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoolMetricsTest {
  private final Journal journal =
      new Journal("my-ip", java.time.Clock.systemUTC(), Explainers.REAL);
  private final PrometheusRegistry registry = new PrometheusRegistry();

  private double holding() {
    return Scrape.parse(
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM).scrape())
        .value("metallb_dyn6_holding", Map.of("pool", "public"));
  }

  /** The alert about a hold would send people to their source and their rules. */
  @Test
  void holdsNothingWhileAHandoverWaitsForMetalLb() {
    PoolMetrics.register(
        registry,
        new Journals(new OnePool<>("home/public", journal), Explainers.REAL, Leadership.ALONE));

    journal.failed(new RefusedAnswer(RefusedAnswer.Reason.IPV4, "192.0.2.1 is IPv4"));
    assertThat(holding()).isEqualTo(1);
    journal.failed(new ChangeHeld("services stay on their addresses", ChangeHeld.Reason.METALLB));
    assertThat(holding()).isZero();
  }
}
