package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A home whose pool has entries before and behind ours, and the words to test a change with. */
abstract class WholeFlow extends ProgramFlow {
  static final String IPV4 = "192.0.2.10-192.0.2.20";
  static final String ULA = "fd00:db8::1000-fd00:db8::1999";
  static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  static final String RANGE_B = "2001:db8:b::1000-2001:db8:b::1999";
  static final String ADDRESS_A = "2001:db8:a::5c1e:1";
  static final String ADDRESS_B = "2001:db8:b::5c1e:2";
  static final String OLD_METALLB = "v0.13.12";
  static final String NEW_METALLB = "v0.14.8";

  /** Passes that find nothing to do, before we believe that nothing is done. */
  private static final int IDLE_PASSES = 3;

  final int managementPort = FreePort.find();
  TestCluster cluster;
  FakeIsp isp;

  @BeforeEach
  void startClusterAndIsp() {
    cluster = newCluster();
    isp = new FakeIsp();
  }

  @Override
  TestCluster cluster() {
    return cluster;
  }

  @Override
  FakeIsp isp() {
    return isp;
  }

  TestCluster newCluster() {
    return TestCluster.start();
  }

  @AfterEach
  void stopAll() throws Exception {
    stopPrograms();
    isp.close();
    cluster.close();
  }

  RunningProgram startProgram() {
    return startProgram(Map.of());
  }

  /** Starts it with the management port that a pod has, on loopback. */
  RunningProgram startProgramWithPort(Map<String, String> moreVariables) {
    Map<String, String> variables = new HashMap<>(moreVariables);
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(managementPort));
    variables.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    return startProgram(variables);
  }

  void awaitPool(String... addresses) {
    eventually(
        () -> {
          assertThat(cluster.addresses()).containsExactly(addresses);
          assertThat(cluster.annotations()).doesNotContainKey(PoolState.RELOAD_MARK);
        });
  }

  /** Lets some passes go by and asserts that none of them changed anything. */
  void assertNothingIsWritten() {
    List<ApiCall> writes = cluster.api().writes();
    String version = cluster.resourceVersion();
    awaitPasses(IDLE_PASSES);
    assertThat(cluster.api().writes()).isEqualTo(writes);
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }
}
