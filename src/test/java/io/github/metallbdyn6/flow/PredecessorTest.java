package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.github.metallbdyn6.testbed.TestCluster;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pod that the predecessor's Helm chart starts, beside the program. */
class PredecessorTest extends WholeFlow {
  private static final String LINE = "WARN Beware: pod metallb-dyn6-5d9 of metallb-dyn6 in Rust";

  /** Container, variables and labels are those of the chart's templates/deployment.yaml. */
  private void createPod(String pool, EnvVar... more) {
    Pod pod =
        new PodBuilder()
            .withNewMetadata()
            .withName("metallb-dyn6-5d9")
            .addToLabels("app.kubernetes.io/name", "metallb-dyn6")
            .addToLabels("app.kubernetes.io/instance", "dyn6")
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("metallb-dyn6")
            .withImage("registry.example/metallb-dyn6:0.4.0")
            .addNewEnv()
            .withName("METALLB_DYN6_METALLB_POOL")
            .withValue(pool)
            .endEnv()
            .addAllToEnv(List.of(more))
            .endContainer()
            .endSpec()
            .build();
    cluster.client().pods().inNamespace(cluster.namespace()).resource(pod).create();
  }

  private void start() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgramWithPort(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "1"));
    awaitPool(IPV4, RANGE_B);
    awaitPasses(2);
  }

  @Test
  void isNamedOnce() {
    createPod(TestCluster.POOL);

    start();

    awaitLog(
        LINE + " keeps the pool public, too, so that the two programs undo each other's changes");
    awaitPasses(2);
    assertThat(log.lines()).filteredOn(line -> line.contains("Beware")).hasSize(1);
  }

  @Test
  void isNobodysBusinessWhereItKeepsAnotherPool() {
    createPod("other");

    start();

    assertThat(log.lines()).noneMatch(line -> line.contains("Beware"));
  }

  /** This program's manifests give each of its pods the folder of its routes. */
  @Test
  void isNoPodOfThisProgram() {
    createPod(
        TestCluster.POOL,
        new EnvVarBuilder()
            .withName("METALLB_DYN6_ROUTES")
            .withValue("/etc/metallb-dyn6/routes")
            .build());

    start();

    assertThat(log.lines()).noneMatch(line -> line.contains("Beware"));
  }
}
