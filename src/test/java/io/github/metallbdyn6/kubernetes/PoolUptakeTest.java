package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Uptake;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Service;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolUptakeTest {
  private static final String A = "2001:db8:a::/120";
  private static final String B = "2001:db8:b::/120";
  private static final String C = "2001:db8:c::/120";
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build(),
          Duration.ofSeconds(1));
  private final IpAddressPool pool =
      new IpAddressPool(client, cluster.namespace(), TestCluster.POOL);
  private final AtomicInteger passes = new AtomicInteger();
  private Optional<String> error = Optional.empty();
  private final PoolUptake uptake =
      new PoolUptake(pool, () -> error, PATIENCE, passes::incrementAndGet);
  private final Service watch = new PoolListener(pool, uptake, () -> {}).watch();

  @AfterEach
  void close() throws Exception {
    watch.stop();
    client.close();
    cluster.close();
  }

  private PoolState create(String... addresses) {
    cluster.createPool(List.of(addresses), Map.of());
    return pool.read();
  }

  private PoolState edit(String... addresses) {
    cluster.patchPool(
        "{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(String.join("\",\"", addresses)));
    return pool.read();
  }

  private PoolState count(long number) {
    cluster.setPoolCounts(1, number - 1);
    return pool.read();
  }

  @Test
  void isSilentWhereMetalLbSaysNothing() throws Exception {
    PoolState silent = create(A);

    assertThat(uptake.await(silent, silent)).isEqualTo(silent);
    assertThat(uptake.apply(silent)).isEqualTo(Uptake.SILENT);
  }

  @Test
  void isDoneWhenTheNumberHasBecomeTheRightOne() throws Exception {
    create(A);
    PoolState before = count(256);
    PoolState widened = edit(A, B);
    watch.start();
    CompletableFuture<PoolState> known =
        CompletableFuture.supplyAsync(() -> awaitUptake(before, widened));
    await().until(() -> !cluster.api().watches().isEmpty());
    assertThat(known).isNotDone();

    count(512);

    assertThat(known).succeedsWithin(Duration.ofSeconds(4));
    assertThat(uptake.apply(known.get())).isEqualTo(Uptake.DONE);
    assertThat(known.get().resourceVersion()).isEqualTo(pool.read().resourceVersion());
  }

  private PoolState awaitUptake(PoolState before, PoolState now) {
    try {
      return uptake.await(before, now);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readsThePoolAgainWhereItMayNotBeWatched() throws Exception {
    create(A);
    PoolState before = count(256);
    PoolState widened = edit(A, B);
    count(512);

    assertThat(uptake.apply(uptake.await(before, widened))).isEqualTo(Uptake.DONE);
  }

  @Test
  void isUncertainAboutANumberThatWasTheRightOneAllTheTime() throws Exception {
    create(B, A);
    PoolState stale = count(512);
    PoolState before = edit(B);
    PoolState widened = edit(B, C);
    assertThat(stale.counted()).isEqualTo(before.counted());

    assertThat(uptake.apply(uptake.await(before, widened))).isEqualTo(Uptake.UNCERTAIN);
  }

  @Test
  void holdsWhileTheNumberIsAnotherOneAndAsksForAPassWhenItIsRight() {
    create(A);
    PoolState before = count(256);
    PoolState widened = edit(A, B);
    watch.start();

    assertThatThrownBy(() -> uptake.await(before, widened))
        .isInstanceOfSatisfying(
            ChangeHeld.class,
            held -> assertThat(held.reason()).isEqualTo(ChangeHeld.Reason.METALLB))
        .hasMessageContaining("MetalLB counts 256 IPv6 addresses in the pool, which has 512");
    assertThat(passes).hasValue(0);

    count(512);
    await().untilAsserted(() -> assertThat(passes).hasValue(1));
  }

  @Test
  void holdsInMetalLbsWordsWhenItRefusesItsConfiguration() {
    create(A);
    PoolState before = count(256);
    PoolState widened = edit(A, B);
    error = Optional.of("parsing address pool broken: invalid CIDR \"x\"");

    assertThatThrownBy(() -> uptake.await(before, widened))
        .isInstanceOf(ChangeHeld.class)
        .hasMessageEndingWith(
            "MetalLB refuses its configuration: parsing address pool broken: invalid CIDR \"x\"");
  }

  @Test
  void doesNotBelieveAWrongNumberForEver() throws Exception {
    create(A);
    count(256);
    Instant since = Instant.now().minus(PATIENCE).minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    edit(A, B);
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s=%s\"}}}"
            .formatted(PoolState.RETIRING, "2001:db8:a::-2001:db8:a::ff", since));
    PoolState old = pool.read();

    assertThat(uptake.apply(uptake.await(old, old))).isEqualTo(Uptake.UNCERTAIN);
  }

  @Test
  void isNoAnswerForAPoolThatHasChanged() {
    create(A);
    PoolState before = count(256);
    PoolState widened = edit(A, B);
    edit(A);

    assertThatThrownBy(() -> uptake.await(before, widened))
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409));
  }
}
