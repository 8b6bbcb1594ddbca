package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with the variables and the routes that the example's pod would see. */
class ExampleIT {
  @TempDir private Path routes;
  @TempDir private Path folder;

  @Test
  void followsThePrefixWithItsOwnSource() throws Exception {
    Manifests example = Kubectl.build(Path.of("kustomize", "overlays", "example"));
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("192.0.2.10-192.0.2.20", "2001:db8:a::1000-2001:db8:a::1999"));
      cluster.pods().run("v0.14.8");
      isp.answers("2001:db8:b::5c1e:2\n");
      Map<String, String> environment = example.environment(routes);
      environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
      environment.put("METALLB_DYN6_SOURCE", "icanhazip");
      environment.put("METALLB_DYN6_ICANHAZIP_URL", isp.url());
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(cluster.addresses())
                        .as(program.output())
                        .containsExactly(
                            "192.0.2.10-192.0.2.20", "2001:db8:b::1000-2001:db8:b::1999"));
        program.terminate();
        assertThat(program.exitStatus()).isZero();
        assertThat(program.output()).doesNotContain("WARN", "ERROR", "Exception");
      }
    }
  }
}
