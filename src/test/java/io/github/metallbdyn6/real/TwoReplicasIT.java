package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.github.metallbdyn6.flow.Street;
import io.github.metallbdyn6.testbed.AuditLog;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two replicas as two processes, with the Lease in a real API server and the Role of the component
 * {@code high-availability}. Whatever happens to the leader, the other one goes on with its move,
 * and no service loses its IPv4 address at any instant.
 */
class TwoReplicasIT extends RealFlow {
  private static final RealMetalLbRelease RELEASE = RealMetalLbRelease.V0_15;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LEASE_SECONDS = 3;
  private static final Duration AFTER_A_CLEAN_STOP = Duration.ofSeconds(2);

  /** How often the leader changes in the long test: {@code -Dleader.changes=50}. */
  private static final int CHANGES = Integer.getInteger("leader.changes", 10);

  private final Map<String, ProgramProcess> replicas = new HashMap<>();
  private Street street;
  private Set<String> names;
  private int started;

  @BeforeEach
  void startTwoReplicas() {
    startHome(RELEASE, "handover", "high-availability");
    street = new Street(services, A);
    names = Set.copyOf(services.names());
    startReplica();
    awaitLeader("replica-1");
    startReplica();
    awaitLog(replica("replica-2"), "This replica stands by: replica-1 leads.");
    awaitPasses(1);
  }

  private void startReplica() {
    started++;
    String name = "replica-" + started;
    replicas.put(
        name,
        start(
            Map.of(
                "HOSTNAME",
                name,
                "METALLB_DYN6_LEASE_DURATION",
                String.valueOf(LEASE_SECONDS),
                "METALLB_DYN6_MAX_CHANGES_PER_HOUR",
                "0")));
  }

  private ProgramProcess replica(String name) {
    return Objects.requireNonNull(replicas.get(name), name);
  }

  private String leader() {
    return Optional.ofNullable(lease())
        .map(lease -> lease.getSpec().getHolderIdentity())
        .map(holder -> holder.replaceFirst("_.*", ""))
        .orElse("");
  }

  private Lease lease() {
    return RELEASE
        .server()
        .client()
        .leases()
        .inNamespace(home.cluster().namespace())
        .withName("metallb-dyn6")
        .get();
  }

  private void awaitLeader(String name) {
    await().atMost(PATIENCE).until(() -> leader().equals(name));
  }

  /** Waits for another leader, and returns how long nobody or the former one led. */
  private Duration awaitLeaderAfter(String former) {
    long begin = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !leader().equals(former) && !leader().isEmpty());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  private void awaitInstant(HandoverInstant instant, String former, String prefix) {
    await()
        .atMost(PATIENCE)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(10))
        .until(() -> instant.isReached(home, former, prefix));
  }

  private static void signal(ProgramProcess process, String signal) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).start().waitFor();
      assertThat(status).isZero();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertNobodyLostAnything(String prefix) {
    street.assertSameUnder(prefix, A);
    street.assertUntouchedOnes();
    home.auditedServices(RELEASE).assertIpv4Kept(names);
  }

  @Test
  void standbyTakesOverAfterACleanStop() {
    home.changePrefix(B);
    awaitInstant(HandoverInstant.FIRST_MOVED, A, B);
    replica("replica-1").terminate();
    Duration gap = awaitLeaderAfter("replica-1");
    awaitOnly(B);
    System.out.printf("After a clean stop in the middle of a move: %s%n", gap);
    assertNobodyLostAnything(B);

    startReplica();
    awaitLog(replica("replica-3"), "This replica stands by: replica-2 leads.");
    replica("replica-2").terminate();
    gap = awaitLeaderAfter("replica-2");
    System.out.printf("After a clean stop another replica leads in %s%n", gap);
    assertThat(gap).isLessThan(AFTER_A_CLEAN_STOP);
    assertThat(replica("replica-2").output()).contains("is handed back");
    assertOnlyTheRoleWasNeeded();
  }

  /** Each verb of the Role is used, and nothing was refused. */
  private void assertOnlyTheRoleWasNeeded() {
    assertNothingRefused(404);
    assertThat(
            installation.audit().requests().stream()
                .filter(request -> request.resource().equals("leases"))
                .map(AuditLog.Request::verb))
        .containsOnly("get", "create", "patch", "watch");
  }

  @Test
  void standbyTakesOverAfterAKill() {
    home.changePrefix(B);
    awaitInstant(HandoverInstant.FIRST_ASKED, A, B);
    replica("replica-1").kill();
    Duration gap = awaitLeaderAfter("replica-1");
    System.out.printf(
        "After kill -9 another replica leads in %s, the lease is %d s%n", gap, LEASE_SECONDS);
    assertThat(gap).isLessThan(Duration.ofSeconds(LEASE_SECONDS + 1));
    awaitOnly(B);
    assertNobodyLostAnything(B);
  }

  /** It believes to lead when it wakes up, in the middle of a move that another one makes. */
  @Test
  void leaderThatWakesUpInTheMiddleOfAMoveDoesNoHarm() {
    ProgramProcess sleeper = replica("replica-1");
    home.changePrefix(B);
    awaitInstant(HandoverInstant.FIRST_ASKED, A, B);
    signal(sleeper, "STOP");
    assertThat(names)
        .as("the records say who has begun the moves")
        .anySatisfy(
            name ->
                assertThat(services.annotations(name).getOrDefault(RECORD, ""))
                    .contains("; by=replica-1; "));
    Duration gap = awaitLeaderAfter("replica-1");
    System.out.printf(
        "After SIGSTOP another replica leads in %s, the lease is %d s%n", gap, LEASE_SECONDS);
    awaitOnly(B);
    home.changePrefix(C);
    awaitInstant(HandoverInstant.FIRST_ASKED, B, C);
    signal(sleeper, "CONT");
    awaitOnly(C);
    awaitLog(sleeper, "This replica stands by: replica-2 leads.");
    assertThat(leader()).isEqualTo("replica-2");
    assertNobodyLostAnything(C);
  }

  @Test
  void apiServerThatIsStartedAgainFindsOneLeader() {
    RELEASE.server().kill();
    awaitLog(replica("replica-1"), "This replica stands by");
    RELEASE.server().startAgain();
    RELEASE.server().awaitReady();
    home.changePrefix(B);
    awaitOnly(B);
    assertNobodyLostAnything(B);
    assertThat(leader()).isIn("replica-1", "replica-2");
  }

  @Test
  void leaderMayChangeAgainAndAgain() {
    List<String> prefixes = List.of(B, A);
    Duration longest = Duration.ZERO;
    for (int change = 0; change < CHANGES; change++) {
      String former = leader();
      String prefix = prefixes.get(change % 2);
      home.changePrefix(prefix);
      longest = max(longest, endLeader(change, former));
      awaitOnly(prefix);
      assertNobodyLostAnything(prefix);
    }
    long patches =
        installation.audit().requests().stream()
            .filter(it -> it.verb().equals("patch") && it.resource().equals("ipaddresspools"))
            .filter(it -> it.status() == 200)
            .count();
    System.out.printf(
        "%d changes of leader, %d patches of the pool, at most %s without a leader%n",
        CHANGES, patches, longest);
    assertThat(patches)
        .as("one that widens the pool, one that retires the old range")
        .isLessThanOrEqualTo(2L * CHANGES + 1);
  }

  private Duration endLeader(int change, String former) {
    ProgramProcess leader = replica(former);
    if (change % 10 == 0) {
      leader.terminate();
    } else if (change % 10 == 5) {
      leader.kill();
    } else {
      signal(leader, "STOP");
    }
    Duration gap = awaitLeaderAfter(former);
    if (change % 5 == 0) {
      startReplica();
      awaitLog(replica("replica-" + started), "This replica stands by: ");
    } else {
      signal(leader, "CONT");
    }
    return gap;
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
