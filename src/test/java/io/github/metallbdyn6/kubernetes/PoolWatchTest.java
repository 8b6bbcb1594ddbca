package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.ProgramLog;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PoolWatchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build(),
          Duration.ofSeconds(1));
  private final IpAddressPool pool =
      new IpAddressPool(client, cluster.namespace(), TestCluster.POOL);
  private final AtomicInteger heard = new AtomicInteger();
  private final Service watch =
      new PoolListener(
              pool,
              new PoolUptake(pool, Optional::empty, PATIENCE, () -> {}),
              heard::incrementAndGet)
          .watch();
  private int edits;

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of("192.0.2.0/28"));
  }

  @AfterEach
  void close() throws Exception {
    watch.stop();
    client.close();
    cluster.close();
  }

  private void edit() {
    edits++;
    cluster.patchPool(
        "{\"spec\":{\"addresses\":[\"192.0.2.0/28\",\"198.51.100.%d/32\"]}}".formatted(edits));
  }

  /** An edit before the watch begins, or while it is interrupted, may not be heard. */
  private void editUntilHeard() {
    int before = heard.get();
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              edit();
              return heard.get() > before;
            });
  }

  /** Waits until there are no more news on their way. */
  private int heardByNow() {
    AtomicInteger seen = new AtomicInteger(-1);
    await()
        .during(Duration.ofMillis(500))
        .atMost(PATIENCE)
        .until(() -> seen.getAndSet(heard.get()) == heard.get());
    return heard.get();
  }

  @Test
  void hearsWhatOthersDo() {
    watch.start();
    editUntilHeard();
    editUntilHeard();
    assertThat(cluster.api().watches()).hasSize(1);
  }

  @Test
  void isQuietAboutOurOwnPatchesAndAboutStatus() {
    watch.start();
    editUntilHeard();
    int before = heardByNow();
    for (int i = 1; i <= 20; i++) {
      String range = "2001:db8:%x::1-2001:db8:%x::2".formatted(i, i);
      PoolPlan plan = PoolPlan.of(pool.read(), AddressRange.parseEntry(range).orElseThrow());
      pool.patch(plan, Optional.of("all"));
      pool.clearReloadMark("all");
      cluster.patchPool("{\"metadata\":{\"labels\":{\"example.com/n\":\"%d\"}}}".formatted(i));
      cluster.setPoolCounts(i, 0);
    }
    edit();
    await().atMost(PATIENCE).until(() -> heard.get() > before);
    assertThat(heardByNow()).isEqualTo(before + 1);
  }

  /** Longer than any call may take, and across a broken connection. */
  @Test
  void goesOnForEver() {
    watch.start();
    editUntilHeard();
    await().during(Duration.ofSeconds(3)).atMost(PATIENCE).until(pool::read, Objects::nonNull);
    assertThat(cluster.api().watches()).as("not cut off by the time-out of calls").hasSize(1);

    cluster.api().heal(); // breaks all connections
    editUntilHeard();
  }

  @Test
  void saysOnceThatItMayNotAndGoesOnWithout() {
    cluster
        .api()
        .detour(
            call ->
                call.isWatch()
                    ? Optional.of(
                        ApiProxy.status(
                            403,
                            "Forbidden",
                            "ipaddresspools is forbidden: User x cannot watch resource \"ipaddresspools\" in API group \"metallb.io\" in the namespace \"metallb-system\""))
                    : Optional.empty());
    try (ProgramLog log = new ProgramLog()) {
      watch.start();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .containsExactly(
                          "WARN Edits of pool metallb-system/public are noticed only with the next pass: a Role must allow verb \"watch\" on resource \"ipaddresspools\" in apiGroup \"metallb.io\""));
      assertThat(pool.read().addresses()).isNotEmpty();
    }
  }
}
