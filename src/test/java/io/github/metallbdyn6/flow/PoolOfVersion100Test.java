package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.PushedPrefix;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.OldRecords;
import io.github.metallbdyn6.testbed.Parameters;
import io.github.metallbdyn6.testbed.Pusher;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** This version takes a pool over that version 1.0.0 has written. */
class PoolOfVersion100Test extends WholeFlow {
  private Map<String, String> records(String fixture) throws Exception {
    return new HashMap<>(OldRecords.annotations(OldRecords.ofVersion100(fixture)));
  }

  @Test
  void carriesOutTheRestartThatIsOwed() throws Exception {
    cluster.pods().run(OLD_METALLB);
    Map<String, String> before = cluster.pods().uids();
    Map<String, String> records = records("pool-restart-owed");
    records.put(PoolState.RELOAD_MARK, String.join(",", before.values()));
    cluster.createPool(List.of(IPV4, RANGE_B), records);
    isp.givesAddress(ADDRESS_B);
    startProgram();
    awaitPool(IPV4, RANGE_B);
    assertThat(cluster.pods().uids().values())
        .hasSameSizeAs(before.values())
        .doesNotContainAnyElementsOf(before.values());
  }

  /** Its pods are long gone: nobody is restarted for their sake. */
  @Test
  void restartsNobodyForAMarkOfPodsThatAreGone() throws Exception {
    cluster.pods().run(OLD_METALLB);
    Map<String, String> before = cluster.pods().uids();
    cluster.createPool(List.of(IPV4, RANGE_B), records("pool-restart-owed"));
    isp.givesAddress(ADDRESS_B);
    startProgram();
    awaitPool(IPV4, RANGE_B);
    assertThat(cluster.pods().uids()).isEqualTo(before);
  }

  @Test
  void knowsItsOwnEntryAgain() throws Exception {
    cluster.pods().run(NEW_METALLB);
    String users = "2001:db8:f::1-2001:db8:f::9";
    cluster.createPool(List.of(IPV4, users, RANGE_B), records("pool-restart-owed"));
    isp.givesAddress(ADDRESS_A);
    startProgram();
    awaitPool(IPV4, users, RANGE_A);
    assertThat(cluster.annotations()).containsEntry(PoolState.RECORD, RANGE_A);
  }

  @Test
  void countsTheChangesOfThisHour() throws Exception {
    cluster.pods().run(NEW_METALLB);
    cluster.createPool(List.of(IPV4, RANGE_B), records("pool-restart-owed"));
    isp.givesAddress(ADDRESS_A);
    startProgram(Map.of("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "1"));
    awaitLog("the last hour has seen METALLB_DYN6_MAX_CHANGES_PER_HOUR=1 changes already");
    assertThat(cluster.addresses()).containsExactly(IPV4, RANGE_B);
  }

  @Test
  void remembersThePrefixThatWasPushed() throws Exception {
    assertThat(PushedPrefix.parse(records("pool-pushed").getOrDefault(PushedPrefix.ANNOTATION, "")))
        .map(pushed -> pushed.prefix().toString())
        .contains("2001:db8:b::/56");
    cluster.pods().run(NEW_METALLB);
    cluster.createPool(List.of(IPV4, RANGE_A), records("pool-pushed"));
    Map<String, String> variables =
        new HashMap<>(new Pusher(FreePort.find()).variables("s3cr3t-s3cr3t-s3cr3t"));
    variables.put("METALLB_DYN6_SUBNET_OVERRIDE", "::");
    Parameters parameters = new Parameters(variables);
    try {
      startProgram(variables);
      awaitPool(IPV4, RANGE_B);
    } finally {
      parameters.close();
    }
  }
}
