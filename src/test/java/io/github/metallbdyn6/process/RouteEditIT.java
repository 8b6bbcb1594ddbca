package io.github.metallbdyn6.process;

import static io.github.metallbdyn6.testbed.RouteFolder.edited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ConfigMapVolume;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RouteFolder;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar takes over a ConfigMap that is replaced, and stops as it always does. */
class RouteEditIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String EDITED =
      "method: patched\n        - log: {id: say-edition, loggingLevel: INFO, logName: metallb-dyn6, message: \"Edited: pool\"}";
  private static final String PATCH = "3-patch-pool.camel.yaml";

  @TempDir Path folder;

  @Test
  void takesOverAReplacedConfigMap() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("routes"));
    Map<String, String> files = new HashMap<>(RouteFolder.original());
    ConfigMapVolume volume = new ConfigMapVolume(mount, files);
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("2001:db8:a::1000-2001:db8:a::1999"));
      cluster.pods().run("v0.15.2");
      isp.givesAddress("2001:db8:a::1");
      Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
      environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
      environment.put("METALLB_DYN6_ROUTES", mount.toString());
      environment.put("METALLB_DYN6_RELOAD_ROUTES", "true");
      // With the camel CLI at home: it ends the process when somebody takes its file away.
      environment.put("METALLB_DYN6_CONSOLE_PORT", String.valueOf(FreePort.find()));
      List<String> options = List.of("-Duser.home=" + folder);
      try (ProgramProcess program = ProgramProcess.start(environment, options)) {
        await().atMost(PATIENCE).until(() -> isp.timesAsked() > 1);
        files.compute(PATCH, (name, text) -> edited(text, "method: patched", EDITED));
        volume.publish(files);
        await()
            .atMost(PATIENCE)
            .until(() -> program.output().contains("New routes are in use: changed " + PATCH));
        isp.givesAddress("2001:db8:b::1");
        await().atMost(PATIENCE).until(() -> program.output().contains("INFO  Edited: pool"));
        assertThat(cluster.addresses()).containsExactly("2001:db8:b::1000-2001:db8:b::1999");

        program.terminate();
        assertThat(program.exitStatus()).isZero();
        assertThat(program.output()).doesNotContain("WARN", "ERROR", "Exception");
      }
    }
  }
}
