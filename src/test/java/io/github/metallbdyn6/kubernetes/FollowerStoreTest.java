package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.follower.FollowedPrefix;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.ToldPrefix;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The record goes with a patch that is due anyway, or alone, and nothing else changes by it. */
class FollowerStoreTest {
  private static final Ipv6Prefix PREFIX = Ipv6Prefix.parse("2001:db8:b::/64");
  private static final ToldPrefix TOLD =
      new ToldPrefix(new FollowedPrefix(PREFIX, PREFIX), Instant.parse("2026-11-22T20:00:00Z"));
  private static final String TEXT = "webhook=2001:db8:b::/64@2026-11-22T20:00:00Z";
  private static final AddressRange RANGE =
      AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1999").orElseThrow();

  private final TestCluster cluster = TestCluster.fake();
  private final IpAddressPool pool =
      new IpAddressPool(cluster.client(), cluster.namespace(), TestCluster.POOL);
  private final FollowerStore store = new FollowerStore(pool);

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of("192.0.2.10-192.0.2.20"));
    pool.read();
  }

  @AfterEach
  void close() throws Exception {
    cluster.close();
  }

  @Test
  void writesAloneWhatNoOtherPatchHasTaken() {
    store.keep(FollowerRecord.NONE.with("webhook", TOLD));
    assertThat(store.current().of("webhook")).as("known at once").contains(TOLD);
    assertThat(cluster.annotations()).doesNotContainKey(FollowerRecord.TOLD);
    store.flush();
    assertThat(cluster.annotations())
        .containsEntry(FollowerRecord.TOLD, TEXT)
        .containsEntry("example.com/owner", "somebody")
        .doesNotContainKey(FollowerRecord.STOPPED);
    assertThat(new FollowerStore(pool).current().of("webhook")).contains(TOLD);
  }

  @Test
  void goesWithThePatchThatIsDueAnyway() {
    store.keep(FollowerRecord.NONE.with("webhook", TOLD));
    pool.patch(PoolPlan.of(pool.read(), RANGE), Optional.empty());
    assertThat(cluster.annotations()).containsEntry(FollowerRecord.TOLD, TEXT);
    String version = cluster.resourceVersion();
    store.flush();
    assertThat(cluster.resourceVersion()).isEqualTo(version);
  }

  @Test
  void keepsWhatCouldNotBeWritten() {
    store.keep(FollowerRecord.NONE.with("webhook", TOLD));
    cluster.deletePool();
    assertThatThrownBy(store::flush).isInstanceOf(KubernetesClientException.class);
    assertThat(store.current().of("webhook")).contains(TOLD);
    cluster.createPool(List.of("192.0.2.10-192.0.2.20"));
    store.flush();
    assertThat(cluster.annotations()).containsEntry(FollowerRecord.TOLD, TEXT);
  }

  /** A stop that a person takes away does not come back with the next success. */
  @Test
  void writesAStopOnce() {
    store.keep(FollowerRecord.NONE.stop("dyndns"));
    store.flush();
    assertThat(cluster.annotations())
        .containsEntry(FollowerRecord.STOPPED, "dyndns")
        .doesNotContainKey(FollowerRecord.TOLD);
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(FollowerRecord.STOPPED));
    store.keep(store.current().with("webhook", TOLD));
    store.flush();
    assertThat(cluster.annotations()).doesNotContainKey(FollowerRecord.STOPPED);
  }

  /** A text that is too long holds no pool: followers are told once more. */
  @Test
  void takesARecordThatIsTooLongForNone() {
    cluster.patchPool(
        "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}"
            .formatted(FollowerRecord.TOLD, (TEXT + ",").repeat(500)));
    assertThat(pool.read().addresses()).hasSize(1);
    assertThat(store.current()).isEqualTo(FollowerRecord.NONE);
  }
}
