package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The three routes that have to do with MetalLB's pods. */
class MetalLbPodsTest extends RouteAlone {

  @BeforeEach
  void loadRoutes() throws Exception {
    load("list-metallb-pods", "mark-reload", "4-reload-metallb", "restart-metallb");
    context.start();
  }

  @Test
  void listsThePodsWithOneRequest() {
    cluster.pods().run("v0.13.12");
    List<?> pods = call("list-metallb-pods", null, List.class);

    assertThat(pods)
        .map(MetalLbPod.class::cast)
        .allMatch(MetalLbPod::ready)
        .extracting(MetalLbPod::toString)
        .containsExactlyInAnyOrder("controller (0.13)", "speaker-a (0.13)");
    assertThat(cluster.api().calls()).extracting(ApiCall::method).containsExactly("GET");
  }

  @Test
  void marksOldPodsByTheirIdentity() {
    cluster.pods().run("v0.13.12");
    Optional<?> mark = call("mark-reload", null, Optional.class);

    assertThat(String.valueOf(mark.orElseThrow()).split(","))
        .containsExactlyInAnyOrderElementsOf(cluster.pods().uids().values());
  }

  @Test
  void marksNothingWhereMetalLbTakesUpTheChangeItself() {
    cluster.pods().run("v0.15.2");
    Optional<?> mark = call("mark-reload", null, Optional.class);
    assertThat(mark).isEmpty();
  }

  @Test
  void deletesThePodsInOneRequestWaitsAndTakesTheMarkAway() {
    cluster.createPool(List.of("192.0.2.0/28"), Map.of(PoolState.RELOAD_MARK, "all"));
    cluster.pods().run("v0.13.12");
    Map<String, String> before = cluster.pods().uids();
    PoolState pool =
        PoolState.of("1", List.of(), Map.of(PoolState.RELOAD_MARK, "all"), Instant.EPOCH);
    call("reload-metallb", pool, Object.class);

    assertThat(cluster.pods().uids()).hasSameSizeAs(before);
    assertThat(cluster.pods().uids().values()).doesNotContainAnyElementsOf(before.values());
    assertThat(cluster.annotations()).isNullOrEmpty();
    assertThat(cluster.api().writes())
        .extracting(ApiCall::method)
        .as("sharpen the mark, delete, take the mark away")
        .containsExactly("PATCH", "DELETE", "PATCH");
  }
}
