package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.FreePort;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.TestCluster;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar with the variables and the routes that the example's pod would see. */
class ExampleIT {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir private Path routes;
  @TempDir private Path folder;

  @Test
  void followsThePrefixWithItsOwnSource() throws Exception {
    Manifests example = Kubectl.build(Path.of("kustomize", "overlays", "example"));
    try (TestCluster cluster = TestCluster.fake();
        FakeIsp isp = new FakeIsp()) {
      cluster.createPool(List.of("192.0.2.10-192.0.2.20", "2001:db8:a::1000-2001:db8:a::1999"));
      cluster.pods().run("v0.14.8");
      cluster.api().allowServices(true);
      isp.answers("2001:db8:b::5c1e:2\n");
      Map<String, String> environment = example.environment(routes);
      environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
      environment.put("METALLB_DYN6_SOURCE", "mine");
      environment.put("METALLB_DYN6_MINE_URL", isp.url());
      int port = FreePort.find();
      environment.put("METALLB_DYN6_MANAGEMENT_PORT", String.valueOf(port));
      environment.put("METALLB_DYN6_MANAGEMENT_ADDRESS", "127.0.0.1");
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(cluster.addresses())
                        .as(program.output())
                        .containsExactly(
                            "192.0.2.10-192.0.2.20", "2001:db8:b::1000-2001:db8:b::1999"));
        String probe = readinessProbe(example);
        URI ready = URI.create("http://127.0.0.1:%d%s".formatted(port, probe));
        await()
            .atMost(Duration.ofSeconds(30))
            .ignoreExceptions()
            .until(() -> HTTP.send(get(ready), BodyHandlers.discarding()).statusCode() == 200);
        program.terminate();
        assertThat(program.exitStatus()).isZero();
        assertThat(program.output()).doesNotContain("WARN", "ERROR", "Exception");
      }
    }
  }

  private static String readinessProbe(Manifests manifests) {
    return manifests
        .the(Deployment.class)
        .getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .get(0)
        .getReadinessProbe()
        .getHttpGet()
        .getPath();
  }

  private static HttpRequest get(URI uri) {
    return HttpRequest.newBuilder(uri).build();
  }
}
