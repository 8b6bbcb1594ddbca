package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServicePermissionTest {
  private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build(),
          Duration.ofSeconds(1));
  private final AtomicInteger seen = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    client.close();
    cluster.close();
  }

  private final ServicePermission permission = new ServicePermission(client, seen::incrementAndGet);

  private List<String> missing(Transition wanted, Duration later) {
    return permission.missingFor(wanted, START.plus(later));
  }

  private long reviews() {
    return cluster.api().calls().stream().filter(ApiCall::isAccessReview).count();
  }

  @Test
  void saysWhatIsMissingUntilTheHandoverIsGranted() {
    assertThat(missing(Transition.HANDOVER, Duration.ZERO))
        .containsExactly("list", "watch", "patch");
    cluster.api().allowServices(true);

    assertThat(missing(Transition.HANDOVER, Duration.ofSeconds(59))).as("asked lately").hasSize(3);
    assertThat(missing(Transition.HANDOVER, Duration.ofSeconds(60))).isEmpty();
    assertThat(seen).hasValue(1);
  }

  @Test
  void asksNothingAnyMoreOnceItIsGranted() {
    cluster.api().allowServices(true);
    assertThat(missing(Transition.HANDOVER, Duration.ZERO)).isEmpty();
    assertThat(reviews()).isEqualTo(3);

    assertThat(missing(Transition.HANDOVER, Duration.ofHours(1))).isEmpty();
    assertThat(missing(Transition.REPLACE, Duration.ofHours(1))).isEmpty();
    assertThat(reviews()).isEqualTo(3);
    assertThat(seen).hasValue(1);
  }

  @Test
  void asksOnceForAllPoolsWhetherServicesCanBeSeenWhereNobodyWantsAHandover() {
    assertThat(missing(Transition.REPLACE, Duration.ZERO)).isEmpty();
    assertThat(missing(Transition.REPLACE, Duration.ofHours(1))).isEmpty();
    assertThat(reviews()).isEqualTo(2);
    assertThat(seen).hasValue(0);
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
    assertThat(missing(Transition.REPLACE, Duration.ZERO)).isEmpty();
  }
}
