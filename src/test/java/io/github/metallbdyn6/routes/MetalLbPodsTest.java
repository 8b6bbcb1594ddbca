package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.kubernetes.PodWatch;
import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.pass.PodRestart;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes that have to do with MetalLB's pods. */
class MetalLbPodsTest extends RouteAlone {
  private final PoolPass pass = PoolPass.place(pool);

  @BeforeEach
  void loadRoutes() throws Exception {
    load("5-restart-metallb");
    context.start();
  }

  @Test
  void listsThePodsWithOneRequest() {
    cluster.pods().run("v0.13.12");
    List<MetalLbPod> pods = call("list-metallb-pods", pass, PoolPass.class).restart().pods();

    assertThat(pods)
        .allMatch(MetalLbPod::ready)
        .extracting(MetalLbPod::toString)
        .containsExactlyInAnyOrder("controller (0.13)", "speaker-a (0.13)");
    assertThat(cluster.api().calls()).extracting(ApiCall::method).containsExactly("GET");
  }

  @Test
  void marksOldPodsByTheirIdentity() {
    cluster.pods().run("v0.13.12");
    Optional<String> mark = call("mark-restart", pass, PoolPass.class).restart().mark();

    assertThat(mark.orElseThrow().split(","))
        .containsExactlyInAnyOrderElementsOf(cluster.pods().uids().values());
  }

  /** No list stands between the source's answer and the patch. */
  @Test
  void asksNothingBeforeAPatchWhereTheWatchKnowsThatNoPodNeedsARestart() throws Exception {
    cluster.pods().run("v0.15.2");
    PodWatch watch = context.getRegistry().lookupByNameAndType("podWatch", PodWatch.class);
    context.addService(watch.watch());
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              int asked = cluster.api().calls().size();
              PodRestart restart = call("mark-restart", pass, PoolPass.class).restart();
              assertThat(restart.pods()).hasSize(2);
              assertThat(restart.mark()).isEmpty();
              assertThat(cluster.api().calls()).hasSize(asked);
            });

    cluster.pods().run("v0.13.12");
    cluster.client().pods().inNamespace(cluster.namespace()).delete();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(call("mark-restart", pass, PoolPass.class).restart().mark())
                    .as("a downgrade is heard of")
                    .isPresent());
  }

  @Test
  void marksNothingWhereMetalLbTakesUpTheChangeItself() {
    cluster.pods().run("v0.15.2");
    Optional<String> mark = call("mark-restart", pass, PoolPass.class).restart().mark();
    assertThat(mark).isEmpty();
  }

  @Test
  void deletesThePodsInOneRequestWaitsAndTakesTheMarkAway() {
    cluster.createPool(List.of("192.0.2.0/28"), Map.of(PoolState.RELOAD_MARK, "all"));
    cluster.pods().run("v0.13.12");
    Map<String, String> before = cluster.pods().uids();
    PoolState pool =
        PoolState.of("1", List.of(), Map.of(PoolState.RELOAD_MARK, "all"), Instant.EPOCH);
    call("restart-metallb", pass.with(pool), Object.class);

    assertThat(cluster.pods().uids()).hasSameSizeAs(before);
    assertThat(cluster.pods().uids().values()).doesNotContainAnyElementsOf(before.values());
    assertThat(cluster.annotations()).isNullOrEmpty();
    assertThat(cluster.api().writes())
        .extracting(ApiCall::method)
        .as("sharpen the mark, delete, take the mark away")
        .containsExactly("PATCH", "DELETE", "PATCH");
  }
}
