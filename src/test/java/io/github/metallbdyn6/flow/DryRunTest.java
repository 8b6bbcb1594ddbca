package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The dry run shows everything and sends no write. */
class DryRunTest extends WholeFlow {

  @Test
  void showsOncePatchAndPodsAndWritesNothing() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(OLD_METALLB);
    String version = cluster.resourceVersion();
    Map<String, String> pods = cluster.pods().uids();
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_DRY_RUN", "true"));

    awaitLog("would delete MetalLB's pods [controller (0.13), speaker-a (0.13)]");
    awaitPasses(3);
    assertThat(cluster.api().writes()).isEmpty();
    assertThat(cluster.resourceVersion()).isEqualTo(version);
    assertThat(cluster.pods().uids()).isEqualTo(pods);
    assertThat(log.lines())
        .filteredOn(line -> line.contains("would patch"))
        .singleElement()
        .asString()
        .contains("\"resourceVersion\":\"" + version + "\"")
        .contains("\"addresses\":[\"" + IPV4 + "\",\"" + RANGE_B + "\"]")
        .contains("\"metallb-dyn6/managed-addresses\":\"" + RANGE_B + "\"")
        .contains("\"metallb-dyn6/reload-pending\":\"");
  }

  @Test
  void saysThatNewMetalLbWouldNotBeRestarted() {
    cluster.createPool(List.of(IPV4, RANGE_A));
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgram(Map.of("METALLB_DYN6_DRY_RUN", "true"));

    awaitLog("would delete no pods");
    assertThat(cluster.api().writes()).isEmpty();
  }

  /** A program that was stopped in the middle left this behind, and is now only to look. */
  @Test
  void showsARestartThatIsStillOwedAndARangeThatRetires() {
    cluster.createPool(
        List.of(IPV4, RANGE_A, RANGE_B),
        Map.of(
            "metallb-dyn6/managed-addresses",
            RANGE_A + "," + RANGE_B,
            "metallb-dyn6/retiring",
            RANGE_A + "=2026-11-22T20:00:00Z",
            "metallb-dyn6/reload-pending",
            "all"));
    cluster.pods().run(OLD_METALLB);
    isp.givesAddress(ADDRESS_B);
    cluster.api().allowServices(true);
    startProgram(Map.of("METALLB_DYN6_DRY_RUN", "true", "METALLB_DYN6_TRANSITION", "handover"));

    awaitLog("Dry run: would move 0 services");
    awaitLog("would delete MetalLB's pods [controller (0.13), speaker-a (0.13)]");
    awaitPasses(2);
    assertThat(cluster.api().writes()).isEmpty();
    assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
  }
}
