package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.ProgramLog;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The program between an ISP and a cluster, both on real HTTP, and the words to test it with. */
abstract class WholeFlow {
  static final String IPV4 = "192.0.2.10-192.0.2.20";
  static final String ULA = "fd00:db8::1000-fd00:db8::1999";
  static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  static final String RANGE_B = "2001:db8:b::1000-2001:db8:b::1999";
  static final String ADDRESS_A = "2001:db8:a::5c1e:1";
  static final String ADDRESS_B = "2001:db8:b::5c1e:2";
  static final String OLD_METALLB = "v0.13.12";
  static final String NEW_METALLB = "v0.14.8";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Passes that find nothing to do, before we believe that nothing is done. */
  private static final int IDLE_PASSES = 3;

  final int managementPort = FreePort.find();
  private final List<RunningProgram> programs = new ArrayList<>();
  TestCluster cluster;
  FakeIsp isp;
  ProgramLog log;

  @BeforeEach
  void startClusterAndIsp() {
    cluster = newCluster();
    isp = new FakeIsp();
    log = new ProgramLog();
  }

  TestCluster newCluster() {
    return TestCluster.start();
  }

  @AfterEach
  void stopAll() throws Exception {
    for (RunningProgram program : programs) {
      program.close();
    }
    log.close();
    isp.close();
    cluster.close();
  }

  RunningProgram startProgram() {
    return startProgram(Map.of());
  }

  RunningProgram startProgram(Map<String, String> moreVariables) {
    RunningProgram program = RunningProgram.start(cluster, isp, moreVariables);
    programs.add(program);
    return program;
  }

  /** Starts it with the management port that a pod has, on loopback. */
  RunningProgram startProgramWithPort(Map<String, String> moreVariables) {
    Map<String, String> variables = new HashMap<>(moreVariables);
    variables.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(managementPort));
    variables.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
    return startProgram(variables);
  }

  /** Waits for it, as long as the programs run. */
  void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> programs.forEach(RunningProgram::assertAlive))
        .untilAsserted(assertion);
  }

  void awaitPool(String... addresses) {
    eventually(
        () -> {
          assertThat(cluster.addresses()).containsExactly(addresses);
          assertThat(cluster.annotations()).doesNotContainKey(PoolState.RELOAD_MARK);
        });
  }

  void awaitLog(String text) {
    eventually(() -> assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains(text)));
  }

  /** Waits until the source was asked some more times, so that whole passes lie between. */
  void awaitPasses(int passes) {
    int asked = isp.timesAsked();
    await().atMost(PATIENCE).until(() -> isp.timesAsked() > asked + passes);
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
