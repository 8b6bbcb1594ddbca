package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Scrape;
import io.github.metallbdyn6.testbed.Scrape.Sample;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Metrics of the passes, as Prometheus reads them. */
class MetricsTest extends MeasuredFlow {
  private static final String PASSES = "metallb_dyn6_passes_total";
  private static final String PREFIX = "metallb_dyn6_prefix_info";
  private static final Map<String, String> SUCCEEDED = Map.of("result", "succeeded");
  private static final Map<String, String> HELD = Map.of("result", "held");
  private static final Map<String, String> FAILED = Map.of("result", "failed");
  private static final Map<String, String> PUBLIC = Map.of("pool", "public");
  private static final Map<String, String> MY_IP = Map.of("source", "my-ip");

  @Test
  void haveHelpTypeAndZerosFromTheStart() throws Exception {
    isp.strike(Fault.TIMEOUT);
    startProgramWithPort(Map.of());
    awaitValue(0, PASSES, SUCCEEDED);

    Scrape scrape = scrape();
    assertThat(scrape.samples())
        .extracting(Sample::name)
        .allSatisfy(name -> assertThat(scrape.metricOf(name)).as(name).isPresent());
    assertThat(scrape.value(PASSES, HELD)).isZero();
    assertThat(scrape.value(PASSES, FAILED)).isZero();
    assertThat(scrape.value("metallb_dyn6_changes_total")).isZero();
    assertThat(scrape.value("metallb_dyn6_source_seconds_count", MY_IP)).isZero();
    assertThat(scrape.value("metallb_dyn6_source_failures_total", MY_IP)).isZero();
    assertThat(scrape.value("metallb_dyn6_reload_seconds_count")).isZero();
    assertThat(scrape.value("metallb_dyn6_last_success_timestamp_seconds")).isZero();
    assertThat(scrape.value("metallb_dyn6_holding", PUBLIC)).isZero();
    assertThat(scrape.value("metallb_dyn6_update_interval_seconds")).isEqualTo(1);
    assertThat(scrape.all("metallb_dyn6_answers_refused_total", MY_IP))
        .hasSize(RefusedAnswer.Reason.values().length)
        .allSatisfy(sample -> assertThat(sample.value()).isZero());
    assertThat(scrape.samples())
        .extracting(Sample::name)
        .as("what is not known yet")
        .doesNotContain(PREFIX, "metallb_dyn6_pool_in_sync", "metallb_dyn6_reload_pending");
    isp.heal();
  }

  @Test
  void sayThatAllIsWell() throws Exception {
    startProgramWithPort(Map.of());
    awaitAtLeast(2, PASSES, SUCCEEDED);

    Scrape scrape = scrape();
    assertThat((long) scrape.value("metallb_dyn6_last_success_timestamp_seconds"))
        .isCloseTo(Instant.now().getEpochSecond(), within(10L));
    assertThat(scrape.value("metallb_dyn6_pool_in_sync", PUBLIC)).isEqualTo(1);
    assertThat(scrape.value("metallb_dyn6_reload_pending", PUBLIC)).isZero();
    assertThat(scrape.value(PREFIX, Map.of("prefix", "2001:db8:a::/64", "source", "my-ip")))
        .isEqualTo(1);
    assertThat(scrape.value("metallb_dyn6_source_seconds_count", MY_IP)).isGreaterThanOrEqualTo(2);
    assertThat(scrape.value("metallb_dyn6_source_failures_total", MY_IP)).isZero();
  }

  @Test
  void comeWithThoseOfCamelAndTheProcessButWithoutAnyAddress() throws Exception {
    startProgramWithPort(Map.of());
    awaitAtLeast(1, "camel_exchanges_succeeded_total", Map.of("routeId", "run-pass"));

    Scrape scrape = scrape();
    assertThat(scrape.value("process_resident_memory_bytes")).isPositive();
    assertThat(scrape.value("jvm_memory_used_bytes", Map.of("area", "heap"))).isPositive();
    assertThat(scrape.samples())
        .as("a source's URL may have a password in it")
        .noneMatch(sample -> sample.labels().toString().contains("://"));
  }

  @Test
  void countAChangeAndTimeTheReload() throws Exception {
    cluster.pods().run(OLD_METALLB);
    startProgramWithPort(Map.of());
    awaitAtLeast(1, PASSES, SUCCEEDED);
    isp.givesAddress(ADDRESS_B);
    awaitValue(1, "metallb_dyn6_reload_seconds_count", Map.of());
    awaitPool(IPV4, RANGE_B);

    Scrape scrape = scrape();
    assertThat(scrape.value("metallb_dyn6_changes_total")).isEqualTo(1);
    assertThat(scrape.value("metallb_dyn6_reload_seconds_sum")).isBetween(0.5, 20.0);
    assertThat(scrape.value("metallb_dyn6_reload_seconds_bucket", Map.of("le", "300.0")))
        .isEqualTo(1);
    assertThat(scrape.all(PREFIX, Map.of()))
        .as("the old one is gone")
        .singleElement()
        .extracting(Sample::labels)
        .isEqualTo(Map.of("prefix", "2001:db8:b::/64", "source", "my-ip"));
  }

  @Test
  void sayThatAReloadIsOwed() {
    cluster.pods().run(OLD_METALLB);
    cluster.pods().comeBack(false);
    isp.givesAddress(ADDRESS_B);
    startProgramWithPort(Map.of("METALLB_DYN6_RELOAD_TIMEOUT", "1"));
    awaitValue(1, "metallb_dyn6_reload_pending", PUBLIC);
    awaitAtLeast(1, PASSES, FAILED);
    awaitValue(1, "metallb_dyn6_pool_in_sync", PUBLIC);

    cluster.pods().comeBack(true);
    awaitValue(0, "metallb_dyn6_reload_pending", PUBLIC);
  }

  @Test
  void countRefusedAnswersByReason() throws Exception {
    startProgramWithPort(Map.of());
    awaitAtLeast(1, PASSES, SUCCEEDED);
    isp.givesAddress("fd00:db8::1");
    awaitAtLeast(1, "metallb_dyn6_answers_refused_total", Map.of("reason", "unique_local"));
    awaitValue(1, "metallb_dyn6_holding", PUBLIC);

    Scrape scrape = scrape();
    assertThat(scrape.value(PASSES, HELD)).isPositive();
    assertThat(scrape.value(PASSES, FAILED)).isZero();
    assertThat(scrape.value("metallb_dyn6_answers_refused_total", Map.of("reason", "six_to_four")))
        .isZero();
    assertThat(scrape.value(PREFIX, Map.of("prefix", "2001:db8:a::/64"))).isEqualTo(1);
    assertThat(scrape.value("metallb_dyn6_pool_in_sync", PUBLIC)).isEqualTo(1);

    isp.givesAddress(ADDRESS_A);
    awaitValue(0, "metallb_dyn6_holding", PUBLIC);
  }

  @Test
  void sayThatAChangeIsHeld() throws Exception {
    isp.givesAddress(ADDRESS_B);
    startProgramWithPort(Map.of("METALLB_DYN6_CONFIRMATIONS", "100"));
    awaitAtLeast(1, PASSES, HELD);

    Scrape scrape = scrape();
    assertThat(scrape.value("metallb_dyn6_holding", PUBLIC)).isEqualTo(1);
    assertThat(scrape.value("metallb_dyn6_pool_in_sync", PUBLIC)).isZero();
    assertThat(scrape.value("metallb_dyn6_changes_total")).isZero();
  }

  @Test
  void countAndTimeEveryQuestionThatGetsNoAnswer() throws Exception {
    isp.strike(Fault.TIMEOUT);
    startProgramWithPort(Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1"));
    awaitAtLeast(1, PASSES, FAILED);

    Scrape scrape = scrape();
    assertThat(scrape.value("metallb_dyn6_source_failures_total", MY_IP))
        .as("the first question and two more")
        .isGreaterThanOrEqualTo(3);
    assertThat(scrape.value("metallb_dyn6_source_seconds_sum", MY_IP)).isGreaterThan(2.9);
    assertThat(
            scrape.value(
                "metallb_dyn6_source_seconds_bucket", Map.of("source", "my-ip", "le", "0.5")))
        .isZero();
    isp.heal();
  }

  @Test
  void countAPassThatTheClusterFailed() throws Exception {
    cluster.api().strike(call -> true, Fault.STATUS_403);
    startProgramWithPort(Map.of());
    awaitAtLeast(1, PASSES, FAILED);
    assertThat(scrape().value(PASSES, HELD)).isZero();
    assertThat(scrape().value("metallb_dyn6_source_failures_total", MY_IP)).isZero();
  }
}
