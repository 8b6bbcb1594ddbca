package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A restless source: confirmations, and no more changes in an hour than allowed. */
class SettlingTest extends WholeFlow {

  @Test
  void waitsUntilThePrefixIsConfirmed() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_CONFIRMATIONS", "3"));

    awaitLog("METALLB_DYN6_CONFIRMATIONS=3 times in a row yet");
    assertThat(cluster.api().writes()).isEmpty();
    awaitPool(RANGE_B);
    assertThat(isp.timesAsked()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void neverActsOnASourceThatFlipsEveryTime() {
    cluster.createPool(List.of(RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.alternates("2001:db8:b::1", "2001:db8:c::1");
    startProgram(Map.of("METALLB_DYN6_CONFIRMATIONS", "2"));

    awaitPasses(5);
    assertThat(cluster.api().writes()).isEmpty();
    assertThat(cluster.addresses()).containsExactly(RANGE_A);
  }

  @Test
  void holdsThePoolBeyondTheChangesOfAnHourAndPaysAnOwedReloadAllTheSame() {
    Instant lately = Instant.now().minusSeconds(600);
    cluster.createPool(
        List.of(RANGE_A),
        Map.of(
            PoolState.RECORD,
            RANGE_A,
            PoolState.RELOAD_MARK,
            "all",
            PoolState.RECENT_CHANGES,
            lately + "," + lately));
    cluster.pods().run(OLD_METALLB);
    Map<String, String> before = cluster.pods().uids();
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "2"));

    awaitLog("the last hour has seen METALLB_DYN6_MAX_CHANGES_PER_HOUR=2 changes already");
    awaitPool(RANGE_A);
    assertThat(cluster.pods().uids().values()).doesNotContainAnyElementsOf(before.values());
    assertNothingIsWritten();
  }

  @Test
  void goesOnWhenTheHourAllows() {
    Instant almostAnHourAgo = Instant.now().minusSeconds(3600 - 12);
    cluster.createPool(
        List.of(RANGE_A),
        Map.of(PoolState.RECORD, RANGE_A, PoolState.RECENT_CHANGES, almostAnHourAgo.toString()));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "1"));

    awaitLog("METALLB_DYN6_MAX_CHANGES_PER_HOUR=1 changes already");
    awaitPool(RANGE_B);
  }
}
