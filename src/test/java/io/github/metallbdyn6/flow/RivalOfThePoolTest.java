package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.testbed.Http;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A pool that dynamic-prefix-operator keeps, too. */
class RivalOfThePoolTest extends WholeFlow {
  private static final String LINE =
      "Beware: dynamic-prefix-operator writes addresses into the pool, too (annotation dynamic-prefix.io/name: home-ipv6)";

  private void start(Map<String, String> annotations) {
    cluster.createPool(List.of(IPV4, RANGE_A), annotations);
    cluster.pods().run(NEW_METALLB);
    isp.givesAddress(ADDRESS_B);
    startProgramWithPort(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "1"));
    awaitPool(IPV4, RANGE_B);
  }

  private long warnings() {
    return log.lines().stream().filter(line -> line.contains(LINE)).count();
  }

  @Test
  void isNamedAtTheStartAndOnce() throws Exception {
    start(
        Map.of(
            "dynamic-prefix.io/name", "home-ipv6",
            "dynamic-prefix.io/address-range", "loadbalancers"));
    awaitLog("The first pass has succeeded");
    assertThat(warnings()).isEqualTo(1);
    awaitPasses(3);
    assertThat(warnings()).isEqualTo(1);
    assertThat(new Http(managementPort).get("/status").body())
        .contains("\"area\":\"rival\"", "home-ipv6");
    assertThat(cluster.annotations()).containsEntry("dynamic-prefix.io/name", "home-ipv6");
  }

  @Test
  void isOverWhenTheUserTakesTheAnnotationOff() {
    start(Map.of("dynamic-prefix.io/name", "home-ipv6"));
    cluster.patchPool("{\"metadata\":{\"annotations\":{\"dynamic-prefix.io/name\":null}}}");
    eventually(
        () ->
            assertThat(new Http(managementPort).get("/status").body())
                .contains("\"state\":\"inSync\""));
  }

  /** A leftover that names no prefix hands the pool to nobody. */
  @Test
  void isNotSeenInOtherAnnotationsOfIts() {
    start(Map.of("dynamic-prefix.io/last-sync", "2026-01-02T10:14:00Z"));
    awaitLog("The first pass has succeeded");
    assertThat(log.lines()).noneMatch(line -> line.contains("Beware"));
  }
}
