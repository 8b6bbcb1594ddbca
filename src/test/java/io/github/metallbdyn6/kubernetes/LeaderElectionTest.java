package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.lease.Lease;
import io.github.metallbdyn6.lease.NotLeading;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {
  private static final Duration DURATION = Duration.ofSeconds(1);
  private static final Duration AT_ONCE = Duration.ofSeconds(2);

  private final TestCluster cluster = TestCluster.fake();
  private final List<LeaderElection> replicas = new ArrayList<>();

  @AfterEach
  void stopAll() throws Exception {
    replicas.forEach(LeaderElection::stop);
    cluster.close();
  }

  private LeaderElection start(String name, Duration skew) {
    LeaderElection replica =
        new LeaderElection(
            cluster.client(),
            cluster.namespace(),
            "metallb-dyn6",
            Lease.identity(name, "1a2b3c4d"),
            DURATION,
            Clock.offset(Clock.systemUTC(), skew));
    replicas.add(replica);
    replica.start();
    return replica;
  }

  private LeaderElection startLeader(String name) {
    LeaderElection replica = start(name, Duration.ZERO);
    await().atMost(AT_ONCE).until(replica::leads);
    return replica;
  }

  private io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec lease() {
    return cluster
        .client()
        .leases()
        .inNamespace(cluster.namespace())
        .withName("metallb-dyn6")
        .get()
        .getSpec();
  }

  @Test
  void handsTheLeaseBackAtAStop() {
    LeaderElection first = startLeader("one");
    LeaderElection second = start("two", Duration.ZERO);
    await().until(() -> second.leader().equals(Optional.of("one")));

    first.stop();
    assertThat(first.leads()).isFalse();
    await().atMost(AT_ONCE).until(second::leads);
    assertThat(lease().getHolderIdentity()).isEqualTo("two_1a2b3c4d");
    assertThat(lease().getLeaseTransitions()).isEqualTo(1);
  }

  /** The times in the Lease are for people: no replica compares them with its own clock. */
  @Test
  void takesNoNoticeOfClocksThatGoWrong() {
    LeaderElection late = start("late", Duration.ofSeconds(-10));
    await().until(late::leads);
    LeaderElection early = start("early", Duration.ofSeconds(10));
    await().until(() -> early.leader().isPresent());

    await()
        .during(DURATION.multipliedBy(3))
        .atMost(DURATION.multipliedBy(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> late.leads() && !early.leads());
    assertThat(lease().getLeaseTransitions()).isZero();
  }

  @Test
  void hasOneLeaderAtATime() {
    startLeader("one");
    start("two", Duration.ofSeconds(10));
    start("three", Duration.ofSeconds(-10));
    for (int change = 0; change < 2; change++) {
      LeaderElection leader =
          replicas.stream().filter(LeaderElection::leads).findFirst().orElseThrow();
      leader.stop();
      replicas.remove(leader);
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> replicas.stream().filter(LeaderElection::leads).count() == 1);
    }
  }

  /** Somebody deletes the Lease: one of the replicas creates it anew. */
  @Test
  void createsTheLeaseAgain() {
    startLeader("one");
    cluster.client().leases().inNamespace(cluster.namespace()).withName("metallb-dyn6").delete();
    await()
        .until(
            () ->
                cluster
                        .client()
                        .leases()
                        .inNamespace(cluster.namespace())
                        .withName("metallb-dyn6")
                        .get()
                    != null);
    await().until(() -> replicas.get(0).leads());
  }

  @Test
  void refusesEachWriteOfAPassOnceTheTermIsOver() {
    cluster.createPool(List.of("2001:db8:a::1000-2001:db8:a::1999"));
    IpAddressPool pool =
        new IpAddressPool(cluster.client(), cluster.namespace(), TestCluster.POOL, new Sleeper());
    String version = cluster.resourceVersion();

    assertThatExceptionOfType(NotLeading.class).isThrownBy(() -> pool.oweReload("all"));
    assertThatExceptionOfType(NotLeading.class).isThrownBy(() -> pool.clearReloadMark("all"));
    assertThat(cluster.resourceVersion()).isEqualTo(version);
    assertThat(pool.read().addresses()).isNotEmpty();
    ApiObject unused = pool.client.sendAnyway(AnnotationPatch.set("metallb-dyn6/pushed", "a push"));
    assertThat(cluster.resourceVersion()).isNotEqualTo(version);
  }

  /** A leader that was stopped for longer than its lease, in the instant in which it wakes up. */
  private static final class Sleeper implements Leadership {
    @Override
    public boolean leads() {
      return false;
    }

    @Override
    public Optional<String> leader() {
      return Optional.of("this one, it believes");
    }

    @Override
    public Instant since() {
      return Instant.MIN;
    }

    @Override
    public boolean isElected() {
      return true;
    }
  }
}
