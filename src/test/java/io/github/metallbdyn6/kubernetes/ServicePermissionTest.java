package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServicePermissionTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final AddressRange B =
      AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow();
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build(),
          Duration.ofSeconds(1));
  private final AtomicInteger seen = new AtomicInteger();
  private final List<List<String>> lacks = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    client.close();
    cluster.close();
  }

  private ServicePermission permission(Transition wanted) {
    return new ServicePermission(client, wanted, seen::incrementAndGet, lacks::add);
  }

  private static PoolPlan plan(ServicePermission permission, Duration later) {
    PoolState pool = PoolState.of("1", List.of(A), Map.of(PoolState.RECORD, A), START.plus(later));
    return permission.plan(pool, B, Lifetimes.UNKNOWN);
  }

  private long reviews() {
    return cluster.api().calls().stream().filter(ApiCall::isAccessReview).count();
  }

  @Test
  void worksAsReplaceUntilTheHandoverIsGranted() {
    ServicePermission permission = permission(Transition.HANDOVER);
    assertThat(plan(permission, Duration.ZERO).retiring()).isEmpty();
    assertThat(lacks).containsExactly(List.of("list", "watch", "patch"));
    cluster.api().allowServices(true);

    assertThat(plan(permission, Duration.ofSeconds(59)).retiring()).as("asked lately").isEmpty();
    assertThat(plan(permission, Duration.ofSeconds(60)).retiring()).hasSize(1);
    assertThat(lacks).last().isEqualTo(List.of());
    assertThat(seen).hasValue(1);
  }

  @Test
  void asksNothingAnyMoreOnceItIsGranted() {
    cluster.api().allowServices(true);
    ServicePermission permission = permission(Transition.HANDOVER);
    assertThat(plan(permission, Duration.ZERO).retiring()).hasSize(1);
    assertThat(reviews()).isEqualTo(3);

    assertThat(plan(permission, Duration.ofHours(1)).retiring()).hasSize(1);
    assertThat(reviews()).isEqualTo(3);
    assertThat(seen).hasValue(1);
  }

  @Test
  void asksOnceWhetherServicesCanBeSeenWhereNobodyWantsAHandover() {
    ServicePermission permission = permission(Transition.REPLACE);
    plan(permission, Duration.ZERO);
    plan(permission, Duration.ofHours(1));
    assertThat(reviews()).isEqualTo(2);
    assertThat(seen).hasValue(0);
    assertThat(lacks).isEmpty();
  }

  @Test
  void failsNoPassWhereNobodyWantsAHandover() {
    cluster
        .api()
        .detour(
            call ->
                call.isAccessReview()
                    ? Optional.of(ApiProxy.status(403, "Forbidden", "no"))
                    : Optional.empty());
    assertThat(plan(permission(Transition.REPLACE), Duration.ZERO).isChanged()).isTrue();
  }
}
