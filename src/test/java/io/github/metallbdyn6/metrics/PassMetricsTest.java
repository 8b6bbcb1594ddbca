package io.github.metallbdyn6.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.report.PassEvent;
import io.github.metallbdyn6.testbed.Scrape;
import io.micrometer.core.instrument.Clock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Counting without a program around it. */
class PassMetricsTest {
  private static final String ODD = "a \"source\"\\, {by=\"any\"}\nname";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusMeterRegistry camels =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);

  private Scrape scrape() {
    return Scrape.parse(camels.scrape());
  }

  private static PassEvent changeTo(String prefix) {
    return new PassEvent.PrefixChanged(
        Instant.EPOCH, Optional.empty(), Ipv6Prefix.parse(prefix), List.of(ODD));
  }

  @Test
  void labelsSurviveAnyCharacter() {
    new PassMetrics(registry, ODD).countOnce(changeTo("2001:db8:a::/64"));

    assertThat(
            scrape()
                .value(
                    "metallb_dyn6_prefix_info", Map.of("prefix", "2001:db8:a::/64", "source", ODD)))
        .isEqualTo(1);
    assertThat(
            scrape()
                .value(
                    "metallb_dyn6_answers_refused_total", Map.of("reason", "empty", "source", ODD)))
        .isZero();
  }

  @Test
  void thereIsOnePrefixHoweverOftenItChanges() {
    PassMetrics metrics = new PassMetrics(registry, ODD);
    for (String prefix : new String[] {"2001:db8:a::/64", "2001:db8:b::/64", "2001:db8:a::/64"}) {
      metrics.countOnce(changeTo(prefix));
      assertThat(scrape().all("metallb_dyn6_prefix_info", Map.of()))
          .singleElement()
          .satisfies(it -> assertThat(it.labels()).containsEntry("prefix", prefix));
    }
  }

  @Test
  void aPoolThatIsForgottenHasNoSeriesAnyMore() {
    PassMetrics metrics = new PassMetrics(registry, ODD);
    PassEvent success = new PassEvent.PassSucceeded(Instant.EPOCH, Optional.empty());
    metrics.of("public").accept(success);
    metrics.of("internal").accept(success);
    metrics.forget("internal");

    assertThat(scrape().samples()).noneMatch(it -> it.labels().containsValue("internal"));
    assertThat(scrape().value("metallb_dyn6_passes_total", Map.of("result", "succeeded")))
        .isEqualTo(1);
  }

  /** Camel does so after a reload of its routes, with those of its own that name a route. */
  @Test
  void countingGoesOnWhenCamelRemovesItsMeters() {
    Consumer<PassEvent> metrics = new PassMetrics(registry, ODD).of("public");
    camels.counter("camel.exchanges.total", "routeId", "run-pass").increment();
    metrics.accept(new PassEvent.PassSucceeded(Instant.EPOCH, Optional.empty()));
    camels.getMeters().forEach(camels::remove);
    metrics.accept(new PassEvent.PassSucceeded(Instant.EPOCH, Optional.empty()));

    assertThat(scrape().samples()).noneMatch(it -> it.name().startsWith("camel"));
    assertThat(scrape().value("metallb_dyn6_passes_total", Map.of("result", "succeeded")))
        .isEqualTo(2);
  }
}
