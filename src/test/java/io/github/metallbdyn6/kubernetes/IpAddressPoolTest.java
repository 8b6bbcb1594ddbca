package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Others write the pool between our read and our patch. */
class IpAddressPoolTest {
  private static final String IPV4 = "192.0.2.10-192.0.2.20";
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";

  private TestCluster cluster;
  private KubernetesClient client;
  private IpAddressPool pool;

  @BeforeEach
  void startCluster() {
    cluster = TestCluster.start();
    Config config =
        new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build();
    client = ClusterConnection.open(config, Duration.ofSeconds(10));
    pool = new IpAddressPool(client, cluster.namespace(), TestCluster.POOL);
    cluster.createPool(List.of(IPV4, A));
  }

  @AfterEach
  void stopCluster() throws Exception {
    client.close();
    cluster.close();
  }

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  private PoolPlan plan() {
    return Transition.HANDOVER.plan(pool.read(), range(B));
  }

  private List<String> methods() {
    return cluster.api().calls().stream().map(ApiCall::method).toList();
  }

  /** As MetalLB's controller does when it has given an address. */
  private void writeStatus(int assigned) {
    cluster.setPoolCounts(assigned, 0);
  }

  @Test
  void aPatchIsSentAgainWhenOnlyMetalLbsStatusHasChanged() {
    PoolPlan plan = plan();
    writeStatus(1);

    PoolState patched = pool.patch(plan, Optional.of("mark"));

    assertThat(cluster.addresses()).containsExactly(IPV4, A, B);
    assertThat(patched.resourceVersion()).isEqualTo(cluster.resourceVersion());
    assertThat(patched.reloadMark()).contains("mark");
    assertThat(methods()).containsExactly("GET", "PATCH", "GET", "PATCH");
  }

  @Test
  void aRetirementIsNotRefusedWhenOnlyMetalLbsStatusHasChanged() {
    PoolState widened = pool.patch(plan(), Optional.empty());
    writeStatus(2);

    PoolState retired = pool.retire(new Retirement(widened, List.of(range(A))), Optional.empty());

    assertThat(retired.addresses()).containsExactly(IPV4, B);
    assertThat(retired.retiring()).isEmpty();
    assertThat(methods()).containsExactly("GET", "PATCH", "PATCH");
  }

  @Test
  void aRetirementMeetsAConflictWhenSomebodyHasEditedTheAddresses() {
    PoolState widened = pool.patch(plan(), Optional.empty());
    cluster.patchPool("{\"spec\":{\"addresses\":[\"192.0.2.0/28\"]}}");

    assertThatThrownBy(
            () -> pool.retire(new Retirement(widened, List.of(range(A))), Optional.empty()))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            conflict -> assertThat(conflict.getCode()).isEqualTo(409));
    assertThat(cluster.addresses()).containsExactly("192.0.2.0/28");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"spec\":{\"addresses\":[\"192.0.2.0/28\"]}}",
        "{\"metadata\":{\"annotations\":{\"metallb-dyn6/managed-addresses\":\"\"}}}",
        "{\"metadata\":{\"annotations\":{\"metallb-dyn6/reload-pending\":\"all\"}}}"
      })
  void aPatchIsNotSentAgainWhenWhatItWasPlannedForHasChanged(String edit) {
    PoolPlan plan = plan();
    cluster.patchPool(edit);
    String version = cluster.resourceVersion();

    assertThatThrownBy(() -> pool.patch(plan, Optional.empty()))
        .isInstanceOfSatisfying(
            KubernetesClientException.class,
            conflict -> assertThat(conflict.getCode()).isEqualTo(409));
    assertThat(cluster.resourceVersion()).isEqualTo(version);
    assertThat(methods()).containsExactly("GET", "PATCH", "GET");
  }

  @Test
  void aPatchIsNotSentAgainForEver() {
    PoolPlan plan = plan();
    cluster
        .api()
        .detour(
            call -> {
              if (call.isWrite()) {
                writeStatus(cluster.api().writes().size());
              }
              return Optional.empty();
            });

    assertThatThrownBy(() -> pool.patch(plan, Optional.empty()))
        .isInstanceOf(KubernetesClientException.class);
    assertThat(cluster.api().writes()).hasSize(6);
  }
}
