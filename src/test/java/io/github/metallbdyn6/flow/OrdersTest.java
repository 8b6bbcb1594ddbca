package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiProxy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Orders that people write into annotations of the pool. */
class OrdersTest extends WholeFlow {
  private static final Map<String, String> SELDOM = Map.of("METALLB_DYN6_UPDATE_INTERVAL", "86400");

  private void startWith(Map<String, String> annotations, Map<String, String> settings) {
    cluster.createPool(List.of(IPV4, RANGE_A), annotations);
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_A);
    startProgram(settings);
  }

  private void order(String annotation, String value) {
    cluster.patchPool("{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(annotation, value));
  }

  private void awaitEvent(String reason, String text) {
    eventually(
        () ->
            assertThat(cluster.api().events())
                .anySatisfy(
                    event -> assertThat(event.body()).contains('"' + reason + '"').contains(text)));
  }

  @Test
  void aPassBeginsAtOnceAndTheOrderIsTakenAway() {
    startWith(Map.of(), SELDOM);
    awaitLog("The first pass has succeeded");
    isp.givesAddress(ADDRESS_B);
    order(PoolOrders.CHECK_NOW, "\"\"");

    awaitPool(IPV4, RANGE_B);
    assertThat(cluster.annotations()).doesNotContainKey(PoolOrders.CHECK_NOW);
    awaitEvent("CheckRequested", "a pass begins, as ordered");
    assertThat(log.lines()).filteredOn(line -> line.contains("as ordered by")).hasSize(1);
  }

  @Test
  void aPauseIsKeptAcrossARestartAndEndsWithTheAnnotation() {
    startWith(Map.of(PauseOrder.ANNOTATION, "true"), Map.of());
    awaitLog("WARN Passes are paused: the pool is left as it is.");
    isp.givesAddress(ADDRESS_B);
    assertThat(isp.timesAsked()).as("no pass, not even the first").isZero();

    order(PauseOrder.ANNOTATION, "null");
    awaitPool(IPV4, RANGE_B);
    awaitEvent("PassesPaused", "passes are paused");
    awaitEvent("PassesResumed", "was removed");
  }

  @Test
  void aTimeOfDayIsWrittenWithItsDateAndEndsByItself() {
    startWith(Map.of(), SELDOM);
    awaitLog("The first pass has succeeded");
    order(PauseOrder.ANNOTATION, "\"until 0:00\"");
    Instant midnight = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    eventually(
        () ->
            assertThat(cluster.annotations())
                .containsEntry(PauseOrder.ANNOTATION, "until " + midnight));
    assertThat(log.lines()).filteredOn(line -> line.contains("Passes are paused until")).hasSize(1);

    isp.givesAddress(ADDRESS_B);
    order(PauseOrder.ANNOTATION, "\"until %s\"".formatted(Instant.now().plusSeconds(3)));
    awaitPool(IPV4, RANGE_B);
    eventually(() -> assertThat(cluster.annotations()).doesNotContainKey(PauseOrder.ANNOTATION));
    awaitLog("Passes go on: the pause was until ");
  }

  @Test
  void aWrongOrderIsToldOnceAndPausesNothing() {
    startWith(Map.of(PauseOrder.ANNOTATION, "tomorrow " + "x".repeat(20_000)), Map.of());
    isp.givesAddress(ADDRESS_B);

    awaitPool(IPV4, RANGE_B);
    assertNothingIsWritten();
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("WARN"))
        .singleElement()
        .asString()
        .contains("metallb-dyn6/pause=\"tomorrow xxx", "...\" pauses nothing; write \"true\"")
        .hasSizeLessThan(300);
    awaitEvent("OrderRefused", "pauses nothing");
  }

  @Test
  void anAnnotationThatTheProgramDoesNotKnowIsToldOnce() {
    startWith(Map.of("metallb-dyn6/host-rnage", "x".repeat(20_000)), Map.of());
    awaitLog("The first pass has succeeded");
    order("metallb-dyn6/color", "\"blue\"");
    awaitEvent("OrderRefused", "metallb-dyn6/color of the pool means nothing");
    isp.givesAddress(ADDRESS_B);

    awaitPool(IPV4, RANGE_B);
    assertThat(log.lines())
        .filteredOn(line -> line.startsWith("WARN"))
        .containsExactly(
            "WARN The annotation metallb-dyn6/host-rnage of the pool means nothing to the program; did you mean metallb-dyn6/host-range?",
            "WARN The annotation metallb-dyn6/color of the pool means nothing to the program; of a pool it reads metallb-dyn6/host-range, metallb-dyn6/subnet, metallb-dyn6/transition, metallb-dyn6/retire-after, metallb-dyn6/release, metallb-dyn6/check-now, metallb-dyn6/pause, metallb-dyn6/forget-changes, metallb-dyn6/reload-pending.");
  }

  @Test
  void countedChangesAreForgottenAndTheHeldOneIsCarriedOut() {
    String lately = Instant.now().minusSeconds(600).toString();
    startWith(
        new HashMap<>(
            Map.of(PoolState.RECORD, RANGE_A, PoolState.RECENT_CHANGES, lately + "," + lately)),
        Map.of("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "2"));
    isp.givesAddress(ADDRESS_B);
    awaitLog("to go on at once, annotate the pool with metallb-dyn6/forget-changes, or call");
    order(PoolOrders.FORGET_CHANGES, "\"please\"");

    awaitPool(IPV4, RANGE_B);
    assertThat(cluster.annotations()).doesNotContainKey(PoolOrders.FORGET_CHANGES);
    assertThat(cluster.annotations().get(PoolState.RECENT_CHANGES)).doesNotContain(lately);
    awaitEvent("ChangesForgotten", "are forgotten");
  }

  @Test
  void forgettingChangesEndsNoPause() {
    startWith(Map.of(PoolState.RECORD, RANGE_A, PauseOrder.ANNOTATION, "true"), Map.of());
    awaitLog("Passes are paused");
    isp.givesAddress(ADDRESS_B);
    order(PoolOrders.FORGET_CHANGES, "\"\"");
    awaitEvent("ChangesForgotten", "are forgotten");
    assertThat(isp.timesAsked()).as("no pass").isZero();

    order(PauseOrder.ANNOTATION, "null");
    awaitPool(IPV4, RANGE_B);
  }

  /** A Role of an older release does not allow it; then passes find the orders. */
  @Test
  void ordersAreFoundWithoutAWatchToo() {
    cluster
        .api()
        .detour(
            call ->
                call.isWatch()
                    ? Optional.of(ApiProxy.status(403, "Forbidden", "no watch"))
                    : Optional.empty());
    startWith(Map.of(PauseOrder.ANNOTATION, "true"), Map.of());
    awaitLog("Passes are paused");
    isp.givesAddress(ADDRESS_B);
    order(PauseOrder.ANNOTATION, "null");

    awaitPool(IPV4, RANGE_B);
  }
}
