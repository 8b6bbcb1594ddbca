package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.release.NotReleased;
import io.github.metallbdyn6.release.Release;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program is removed, whatever it was doing, and leaves nothing behind. */
class ReleaseTest extends HandoverFlow {
  private static final int PATIENCE_SECONDS = 5;
  private static final Duration QUIET = Duration.ofMillis(500);
  private static final String PINNED = "192.0.2.25," + A + "::1025";

  private void release(boolean withoutRange) throws NotReleased, InterruptedException {
    release(withoutRange, QUIET);
  }

  private void release(boolean withoutRange, Duration quiet)
      throws NotReleased, InterruptedException {
    with(withoutRange, quiet, Release::run);
  }

  private interface Use {
    void of(Release release) throws NotReleased, InterruptedException;
  }

  private void with(boolean withoutRange, Duration quiet, Use use)
      throws NotReleased, InterruptedException {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(home.cluster().api().uri().toString())
            .build();
    try (KubernetesClient client = ClusterConnection.open(config, Duration.ofSeconds(10))) {
      IpAddressPool pool = new IpAddressPool(client, home.cluster().namespace(), TestCluster.POOL);
      use.of(
          new Release(
              pool,
              new LoadBalancerServices(client, ServiceAnnotations.dnsTargets("")),
              HandoverRule.of("0", PATIENCE_SECONDS).forPool(pool.toString()),
              new PoolUptake(pool, Optional::empty, Duration.ofSeconds(PATIENCE_SECONDS), () -> {}),
              withoutRange,
              quiet));
    }
  }

  /** A service of each kind, which has its addresses under A. */
  private void startHomeWithServices(MetalLbRelease version) {
    startHome(version);
    services.create(Wanted.dualStack("automatic"));
    services.create(Wanted.dualStack("pinned").annotated(OLDER_PIN, PINNED));
    services.create(Wanted.dualStack("field").loadBalancerIp(A + "::1026").families("IPv6"));
    awaitAddresses("pinned", PINNED.split(","));
    awaitAddresses("field", A + "::1026");
    eventually(() -> assertThat(services.addresses("automatic")).hasSize(2));
  }

  /** Stops the program while MetalLB has not served a single request. */
  private void stopInTheMiddle() throws Exception {
    RunningProgram program = startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    eventually(
        () ->
            assertThat(services.names())
                .anySatisfy(name -> assertThat(services.annotations(name)).containsKey(RECORD)));
    program.stop();
    assertThat(home.cluster().annotations()).containsKey(RETIRING);
  }

  private void assertNothingIsLeft() {
    assertThat(home.cluster().annotations())
        .containsOnlyKeys("example.com/owner")
        .containsEntry("example.com/owner", "somebody");
    assertThat(services.names())
        .allSatisfy(name -> assertThat(services.annotations(name)).doesNotContainKey(RECORD));
    assertThat(services.annotations("automatic")).doesNotContainKeys(OLDER_PIN, NEWER_PIN);
  }

  @Test
  void leavesThePoolAsItIsWithoutAnnotations() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    RunningProgram program = startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    program.stop();
    home.cluster()
        .patchPool(
            "{\"metadata\":{\"annotations\":{\"metallb-dyn6/pause\":\"true\",\"metallb-dyn6/pushed-prefix\":\"x\"}}}");

    release(false);

    assertNothingIsLeft();
    assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
    awaitAddresses("pinned", "192.0.2.25", B + "::1025");
    assertNobodyLostAnything();
    List<ApiCall> writes = home.cluster().api().writes();
    release(false);
    assertThat(home.cluster().api().writes()).as("the second time").isEqualTo(writes);
  }

  @Test
  void showsWhatItWouldDo() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    stopInTheMiddle();
    List<ApiCall> writes = home.cluster().api().writes();

    with(false, QUIET, Release::show);

    awaitLog("public: annotations metallb-dyn6/");
    awaitLog(
        "; of the ranges %s those that no service has an address in."
            .formatted(HomeWithServices.range(A)));
    awaitLog("Would end the moves of services ");
    assertThat(home.cluster().api().writes()).isEqualTo(writes);
    metalLb().release();
    release(false);
    with(false, QUIET, Release::show);
    awaitLog("Nothing of the program is on pool ");
    awaitLog("No service moves.");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_14_8", "V0_15_2"})
  void finishesAHandover(MetalLbRelease version) throws Exception {
    startHomeWithServices(version);
    stopInTheMiddle();
    metalLb().release();

    release(false);

    assertNothingIsLeft();
    assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
    awaitAddresses("pinned", "192.0.2.25", B + "::1025");
    awaitAddresses("field", B + "::1026");
    assertThat(services.annotations("pinned"))
        .containsEntry(OLDER_PIN, "192.0.2.25," + B + "::1025");
    assertNobodyLostAnything();
  }

  /** MetalLB serves no request: services stay where they are, and so does the range for them. */
  @Test
  void undoesAHandoverThatDoesNotGetToItsEnd() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    stopInTheMiddle();

    release(false);

    assertNothingIsLeft();
    assertThat(services.annotations("pinned")).containsEntry(OLDER_PIN, PINNED);
    assertThat(home.cluster().addresses())
        .contains(HomeWithServices.range(A), HomeWithServices.range(B));
    metalLb().release();
    eventually(() -> assertThat(metalLb().configuration()).contains(HomeWithServices.range(A)));
    assertThat(services.addresses("pinned")).containsExactlyInAnyOrder(PINNED.split(","));
    assertNobodyLostAnything();
  }

  @Test
  void goesOnWhereItWasKilled() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    stopInTheMiddle();
    metalLb().release();

    int write = 1;
    while (!isReleasedUnlessKilledAtWrite(write)) {
      assertThat(write++).isLessThan(20);
    }

    assertThat(write).isGreaterThan(3);
    assertNothingIsLeft();
    assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
    assertNobodyLostAnything();
  }

  /** The API server acts on the write, and nobody hears of its answer. */
  private boolean isReleasedUnlessKilledAtWrite(int write) throws Exception {
    AtomicInteger writes = new AtomicInteger();
    Thread victim = Thread.currentThread();
    home.cluster()
        .api()
        .detour(
            call -> {
              if (call.isWrite() && writes.incrementAndGet() == write) {
                victim.interrupt();
              }
              return Optional.empty();
            });
    try {
      release(false);
      return writes.get() < write;
    } catch (KubernetesClientException | InterruptedException e) {
      return false;
    } finally {
      boolean unused = Thread.interrupted();
      home.cluster().api().heal();
    }
  }

  @Test
  void removesTheRangeOnceNoServiceNeedsIt() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    RunningProgram program = startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    program.stop();

    assertThatThrownBy(() -> release(true))
        .isInstanceOf(NotReleased.class)
        .hasMessageContaining(services.key("pinned"));
    assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B));
    assertNobodyLostAnything();
    services.names().forEach(services::delete);
    release(true);

    assertThat(home.cluster().addresses())
        .containsExactly(HomeWithServices.IPV4, HomeWithServices.ULA);
    assertThat(home.cluster().annotations()).containsOnlyKeys("example.com/owner");
  }

  @Test
  void saysThatAProgramIsStillRunning() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    Map<String, String> annotations = home.cluster().annotations();

    assertThatThrownBy(() -> release(false, Duration.ofSeconds(30)))
        .isInstanceOf(NotReleased.class)
        .hasMessageContaining("stop that program first");
    assertThat(home.cluster().annotations()).isEqualTo(annotations);
    assertNobodyLostAnything();
  }

  @Test
  void leavesAnotherPoolsServicesAlone() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    String theirs =
        "moving; pool=elsewhere/guest; to=2001:db8:b::2000; from=2001:db8:a::2000; pin=yours; since=2026-11-22T20:00:00Z";
    services.create(Wanted.dualStack("guest").annotated(RECORD, theirs));
    services.create(Wanted.dualStack("litter").annotated(RECORD, "moving; to=nowhere"));
    RunningProgram program = startHandover(Map.of());
    awaitPasses(1);
    program.stop();

    release(false);

    assertThat(services.annotations("guest")).containsEntry(RECORD, theirs);
    assertThat(services.annotations("litter")).doesNotContainKey(RECORD);
  }

  /** Without access to services there was never a handover, and the pool alone is released. */
  @Test
  void needsNoAccessToServicesWhereTheProgramHadNone() throws Exception {
    startHomeWithServices(MetalLbRelease.V0_15_2);
    RunningProgram program = startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitOnly(B);
    program.stop();
    home.cluster()
        .api()
        .detour(
            call ->
                call.isAboutServices()
                    ? Optional.of(ApiProxy.status(403, "Forbidden", "services is forbidden"))
                    : Optional.empty());

    assertThatThrownBy(() -> release(true)).isInstanceOf(NotReleased.class);
    release(false);

    assertThat(home.cluster().annotations()).containsOnlyKeys("example.com/owner");
  }
}
