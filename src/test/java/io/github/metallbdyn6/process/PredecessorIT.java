package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar with the predecessor's environment variables, in the place of the predecessor. */
class PredecessorIT {
  @TempDir Path folder;

  @Test
  void makesTheChangeAndStopsCleanly() throws Exception {
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(
          List.of("192.0.2.10-192.0.2.20", "2001:db8:a:cd::1000-2001:db8:a:cd::1999"));
      cluster.pods().run("v0.13.12");
      Map<String, String> before = cluster.pods().uids();
      isp.givesAddress("2001:db8:b:12ff::1");
      try (ProgramProcess program = ProgramProcess.start(environment(cluster, isp))) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> {
                  assertThat(cluster.addresses())
                      .as(program.output())
                      .containsExactly(
                          "192.0.2.10-192.0.2.20", "2001:db8:b:12cd::1000-2001:db8:b:12cd::1999");
                  assertThat(cluster.annotations()).doesNotContainKey(PoolState.RELOAD_MARK);
                });
        assertThat(cluster.pods().uids().values())
            .hasSameSizeAs(before.values())
            .doesNotContainAnyElementsOf(before.values());
        program.terminate();
        assertThat(program.exitStatus()).as(program.output()).isZero();
        assertThat(program.output()).doesNotContain("WARN", "ERROR", "Exception");
      }
    }
  }

  /** Its command line, and its users' spelling of true: Camel alone would take it for false. */
  @ParameterizedTest
  @ValueSource(strings = {"True", "TRUE", "true"})
  void showsAndChangesNothingInADryRun(String yes) throws Exception {
    assertNothingIsChanged(Map.of("METALLB_DYN6_DRY_RUN", yes));
  }

  @Test
  void showsAndChangesNothingInADryRunByArgument() throws Exception {
    assertNothingIsChanged(Map.of("METALLB_DYN6_DRY_RUN", "false"), "--dry-run");
  }

  private void assertNothingIsChanged(Map<String, String> more, String... arguments)
      throws Exception {
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("2001:db8:a:cd::1000-2001:db8:a:cd::1999"));
      cluster.pods().run("v0.14.8");
      isp.givesAddress("2001:db8:b:12ff::1");
      Map<String, String> environment = environment(cluster, isp);
      environment.putAll(more);
      environment.put("METALLB_DYN6_UPDATE_INTERVAL", "1");
      try (ProgramProcess program = ProgramProcess.start(environment, arguments)) {
        await().atMost(Duration.ofSeconds(30)).until(() -> isp.timesAsked() > 3);
        assertThat(program.output()).contains("Dry run: would patch");
        assertThat(cluster.api().writes()).isEmpty();
      }
    }
  }

  @Test
  void isConfiguredByItsCommandLine() throws Exception {
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("2001:db8:a:cd::1000-2001:db8:a:cd::1999"));
      cluster.pods().run("v0.14.8");
      isp.givesAddress("2001:db8:b:12ff::1");
      Map<String, String> environment =
          new HashMap<>(
              Map.of(
                  "KUBECONFIG", cluster.kubeconfig(folder).toString(),
                  "METALLB_DYN6_MY_IP_URL", isp.url(),
                  "RUST_LOG", "metallb_dyn6=debug"));
      try (ProgramProcess program =
          ProgramProcess.start(
              environment,
              "--source=my-ip",
              "--metallb-namespace",
              cluster.namespace(),
              "--subnet-override",
              "0:0:0:00cd::",
              "--prefix-length",
              "56",
              "--update-interval",
              "60",
              "::1000-::1999",
              TestCluster.POOL)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(cluster.addresses())
                        .as(program.output())
                        .containsExactly("2001:db8:b:12cd::1000-2001:db8:b:12cd::1999"));
        assertThat(program.output()).doesNotContain("WARN");
      }
    }
  }

  private Map<String, String> environment(TestCluster cluster, FakeIsp isp) {
    Map<String, String> environment = new HashMap<>();
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    environment.put("METALLB_DYN6_SOURCE", "my-ip");
    environment.put("METALLB_DYN6_MY_IP_URL", isp.url());
    environment.put("METALLB_DYN6_METALLB_POOL", TestCluster.POOL);
    environment.put("METALLB_DYN6_METALLB_NAMESPACE", cluster.namespace());
    environment.put(
        "METALLB_DYN6_METALLB_LABEL_SELECTOR",
        "app.kubernetes.io/name=metallb,app.kubernetes.io/instance=metallb");
    environment.put("METALLB_DYN6_HOST_RANGE", "::1000-::1999");
    environment.put("METALLB_DYN6_SUBNET_OVERRIDE", "0:0:0:00cd::");
    environment.put("METALLB_DYN6_PREFIX_LENGTH", "56");
    environment.put("METALLB_DYN6_UPDATE_INTERVAL", "60");
    environment.put("METALLB_DYN6_DRY_RUN", "False");
    return environment;
  }
}
