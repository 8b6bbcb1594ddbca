package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.OnePool;
import io.github.metallbdyn6.pass.PlanSteps;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pass.PoolRules;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LivePoolTest {
  private static final String A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant SINCE = Instant.parse("2026-01-02T10:00:00Z");

  private final TestCluster cluster = TestCluster.fake();
  private final KubernetesClient client =
      ClusterConnection.open(
          new ConfigBuilder(Config.empty()).withMasterUrl(cluster.api().uri().toString()).build(),
          Duration.ofSeconds(1));
  private final IpAddressPool pool =
      new IpAddressPool(client, cluster.namespace(), TestCluster.POOL);
  private final LivePool steps =
      new LivePool(
          pool,
          wishes -> rules(),
          state -> {},
          new ServicePermission(client, () -> {}),
          verbs -> {},
          new PoolUptake(pool, Optional::empty, Duration.ofMinutes(3), () -> {}));

  @AfterEach
  void close() throws Exception {
    client.close();
    cluster.close();
  }

  private static AddressRange range(String text) {
    return AddressRange.parseEntry(text).orElseThrow();
  }

  private PoolRules rules() {
    return OnePool.rules(pool.toString(), "::1000-::1999", Transition.REPLACE);
  }

  /** A pass that would change to this prefix, and retires the range under the prefix a. */
  private PoolPass retired(String prefix, int confirmations) {
    cluster.createPool(
        List.of(A, B), Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, A + "=" + SINCE));
    PlanSteps planning = new PlanSteps(OnePool.set(rules()), new ChangeRule(confirmations, 0));
    CurrentPrefix found =
        new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of("my-ip"), Lifetimes.UNKNOWN);
    PoolPass read = planning.range(steps.read(planning.begin(found).pools().get(0)));
    PoolPass settled =
        planning.settle(read.with(Transition.HANDOVER.plan(read.state(), read.range())));
    PoolPass moving =
        settled.with(
            HandoverRule.of("0", 180)
                .goalUnder(settled.state(), range(B), Date.from(SINCE.plusSeconds(1))));
    return steps.retire(
        moving.with(moving.handover().retiring(new Retirement(moving.state(), List.of(range(A))))));
  }

  @Test
  void hasNothingMoreToDoWhenTheOldRangeHasRetired() {
    PoolPass pass = retired("2001:db8:b::/64", 1);

    assertThat(cluster.addresses()).containsExactly(B);
    assertThat(pass.isDue()).isFalse();
  }

  /** Otherwise the pass would end as a success, and a push that is held would be forgotten. */
  @Test
  void holdsAChangeOnWhenAnOldRangeHasRetired() {
    PoolPass pass = retired("2001:db8:c::/64", 2);

    assertThat(cluster.addresses()).containsExactly(B);
    assertThat(pass.plan().held()).isPresent();
    assertThat(pass.state().addresses()).containsExactly(B);
  }
}
