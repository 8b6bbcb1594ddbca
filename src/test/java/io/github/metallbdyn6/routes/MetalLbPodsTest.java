package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes that have to do with MetalLB's pods. */
class MetalLbPodsTest extends RouteAlone {
  private static final PoolPass PASS = PoolPass.place("metallb/public");

  @BeforeEach
  void loadRoutes() throws Exception {
    load("5-restart-metallb");
    context.start();
  }

  @Test
  void listsThePodsWithOneRequest() {
    cluster.pods().run("v0.13.12");
    List<MetalLbPod> pods = call("list-metallb-pods", PASS, PoolPass.class).restart().pods();

    assertThat(pods)
        .allMatch(MetalLbPod::ready)
        .extracting(MetalLbPod::toString)
        .containsExactlyInAnyOrder("controller (0.13)", "speaker-a (0.13)");
    assertThat(cluster.api().calls()).extracting(ApiCall::method).containsExactly("GET");
  }

  @Test
  void marksOldPodsByTheirIdentity() {
    cluster.pods().run("v0.13.12");
    Optional<String> mark = call("mark-restart", PASS, PoolPass.class).restart().mark();

    assertThat(mark.orElseThrow().split(","))
        .containsExactlyInAnyOrderElementsOf(cluster.pods().uids().values());
  }

  @Test
  void marksNothingWhereMetalLbTakesUpTheChangeItself() {
    cluster.pods().run("v0.15.2");
    Optional<String> mark = call("mark-restart", PASS, PoolPass.class).restart().mark();
    assertThat(mark).isEmpty();
  }

  @Test
  void deletesThePodsInOneRequestWaitsAndTakesTheMarkAway() {
    cluster.createPool(List.of("192.0.2.0/28"), Map.of(PoolState.RELOAD_MARK, "all"));
    cluster.pods().run("v0.13.12");
    Map<String, String> before = cluster.pods().uids();
    PoolState pool =
        PoolState.of("1", List.of(), Map.of(PoolState.RELOAD_MARK, "all"), Instant.EPOCH);
    call("restart-metallb", PASS.with(pool), Object.class);

    assertThat(cluster.pods().uids()).hasSameSizeAs(before);
    assertThat(cluster.pods().uids().values()).doesNotContainAnyElementsOf(before.values());
    assertThat(cluster.annotations()).isNullOrEmpty();
    assertThat(cluster.api().writes())
        .extracting(ApiCall::method)
        .as("sharpen the mark, delete, take the mark away")
        .containsExactly("PATCH", "DELETE", "PATCH");
  }
}
