package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.HomeWithServices;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Handovers in which something happens at an awkward moment. */
class HandoverTimingTest extends HandoverFlow {
  private static final String RANGE_A = HomeWithServices.range(A);
  private static final String RANGE_B = HomeWithServices.range(B);

  /** How late the test may see what happens. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Two services that would change places if they were cleared: the first address is free. */
  private void createServices() {
    services.create(Wanted.dualStack("gone"));
    awaitAddresses("gone", "192.0.2.10", A + "::1000");
    services.create(Wanted.dualStack("one"));
    awaitAddresses("one", "192.0.2.11", A + "::1001");
    services.create(Wanted.dualStack("pinned").annotated(OLDER_PIN, "192.0.2.25," + A + "::1500"));
    awaitAddresses("pinned", "192.0.2.25", A + "::1500");
    services.delete("gone");
  }

  private void assertArrivedAt(String prefix) {
    assertArrived(prefix);
    assertNobodyLostAnything();
  }

  private void assertArrived(String prefix) {
    awaitOnly(prefix);
    awaitAddresses("one", "192.0.2.11", prefix + "::1001");
    awaitAddresses("pinned", "192.0.2.25", prefix + "::1500");
    assertThat(services.annotations("one")).doesNotContainKey(OLDER_PIN);
    assertThat(services.annotations("pinned"))
        .containsEntry(OLDER_PIN, "192.0.2.25," + prefix + "::1500");
  }

  /** Waits until the pool holds both ranges. */
  private void awaitBeside(String old, String prefix) {
    eventually(
        () ->
            assertThat(home.cluster().addresses())
                .contains(HomeWithServices.range(old), HomeWithServices.range(prefix)));
  }

  private void awaitRecordOn(String name) {
    eventually(() -> assertThat(services.annotations(name)).containsKey(RECORD));
  }

  @ParameterizedTest
  @EnumSource
  void waitsUntilMetalLbKnowsTheNewRange(MetalLbRelease release) {
    startHome(release);
    createServices();
    metalLb().lagBehindPools(Duration.ofMillis(1500));
    home.changePrefix(B);
    startHandover();

    assertArrivedAt(B);
  }

  /** Longer than any fixed wait, and longer than a pass. */
  @Test
  void doesNotBeginBeforeMetalLbSaysThatItKnowsTheNewRangeAndBeginsAtOnceThen() {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    startHandover(Map.of("METALLB_DYN6_UPDATE_INTERVAL", "3600"));
    awaitPasses(0);
    metalLb().lagBehindPools(Duration.ofSeconds(8));
    changePrefixAtOnce(B);
    awaitBeside(A, B);
    eventually(() -> assertThat(metalLb().configuration()).contains(RANGE_B));
    long known = System.nanoTime();

    assertArrivedAt(B);
    assertThat(servicePatches())
        .as("nobody is asked before")
        .allSatisfy(patch -> assertThat(patch.nanoTime()).isGreaterThan(known - LOOK_NANOS));
    assertThat(history.arrival(services.key("pinned"), B))
        .as("and everybody at once")
        .isLessThan(known + TimeUnit.SECONDS.toNanos(2));
    assertThat(log.lines())
        .filteredOn(line -> line.contains("MetalLB counts 4916 IPv6 addresses"))
        .hasSize(1);
  }

  /** Longer than the fixed wait, so that a service requests what MetalLB does not know yet. */
  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_14_8"})
  void anOlderMetalLbThatLagsCostsNobodyHisIpv4AddressWhereOneServiceHasNone(
      MetalLbRelease release) {
    startHome(release);
    createServices();
    services.create(Wanted.ipv6Only("six"));
    awaitAddresses("six", A + "::1000");
    metalLb().lagBehindPools(Duration.ofSeconds(8));
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);

    awaitOnly(B);
    awaitAddresses("six", B + "::1000");
    awaitAddresses("one", "192.0.2.11", B + "::1001");
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    eventually(history::assertComplete);
    history.assertIpv4Kept(services.key("one"));
    history.assertIpv4Kept(services.key("pinned"));
    assertThat(history.addresses(services.key("six")))
        .as("it was cleared, and put back")
        .containsSubsequence(List.of(A + "::1000"), List.of(), List.of(A + "::1000"));
  }

  @Test
  void anOlderMetalLbThatLagsCostsOneServiceAtATimeItsAddressesForAMoment() {
    startHome(MetalLbRelease.V0_14_8);
    createServices();
    metalLb().lagBehindPools(Duration.ofSeconds(5));
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);

    assertArrived(B);
    eventually(history::assertComplete);
    history.assertIpv4Kept(services.key("pinned"));
    assertThat(history.longestWithoutAddress(services.key("one")))
        .isLessThan(Duration.ofSeconds(1));
  }

  /** Where the number of addresses tells nothing, one service still goes ahead. */
  @Test
  void sendsOneAheadWhereMetalLbCannotCountSoFar() {
    startHome(MetalLbRelease.V0_15_2);
    String[] huge = {HomeWithServices.IPV4, RANGE_A, "fd00:db8:1::/64"};
    home.cluster()
        .patchPool("{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(String.join("\",\"", huge)));
    createServices();
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);

    awaitAddresses("one", "192.0.2.11", B + "::1001");
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    assertNobodyLostAnything();
    long first = history.arrival(services.key("one"), B);
    assertThat(
            servicePatches().stream().filter(call -> call.path().contains("/pinned")).findFirst())
        .hasValueSatisfying(call -> assertThat(call.nanoTime()).isGreaterThan(first - LOOK_NANOS));
  }

  @Test
  void putsTheNewRangeBehindTheOldOneSoThatNewServicesStandInNobodysWay() {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    awaitBeside(A, B);
    services.create(Wanted.dualStack("new-one"));
    services.create(Wanted.dualStack("new-two"));

    assertArrivedAt(B);
    awaitAddresses("new-one", "192.0.2.10", B + "::1000");
    awaitAddresses("new-two", "192.0.2.12", B + "::1002");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_15_2"})
  void followsSeveralChangesInARow(MetalLbRelease release) {
    startHome(release);
    createServices();
    startHandover();
    awaitPasses(1);
    home.changePrefix(B);
    assertArrivedAt(B);
    home.changePrefix(C);
    assertArrivedAt(C);
    home.changePrefix(A);
    assertArrivedAt(A);
  }

  @Test
  void followsAChangeInTheMiddleOfAHandover() {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    awaitBeside(A, B);
    awaitRecordOn("one");
    home.changePrefix(C);
    awaitBeside(B, C);
    assertThat(home.cluster().addresses()).contains(RANGE_A);
    metalLb().release();

    assertArrivedAt(C);
  }

  @ParameterizedTest
  @EnumSource
  void followsAChangeBackInTheMiddleOfAHandover(MetalLbRelease release) throws Exception {
    startHome(release);
    createServices();
    RunningProgram first = startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    awaitRecordOn("one");
    first.stop();
    home.changePrefix(A);
    startHandover();
    eventually(
        () ->
            assertThat(home.cluster().annotations().get(RETIRING))
                .startsWith(RANGE_B)
                .doesNotContain(RANGE_A));
    metalLb().release();

    assertArrivedAt(A);
  }

  @Test
  void keepsTheOldRangeForAWhileIfTold() {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    startHandover(Map.of("METALLB_DYN6_RETIRE_AFTER", "9"));
    awaitPasses(1);
    home.changePrefix(B);
    long changed = System.nanoTime();
    awaitAddresses("one", "192.0.2.11", B + "::1001");
    awaitAddresses("pinned", "192.0.2.25", B + "::1500");
    eventually(() -> assertThat(services.annotations("one")).doesNotContainKey(RECORD));
    assertThat(home.cluster().addresses()).contains(RANGE_A, RANGE_B);
    assertThat(home.cluster().annotations().get(RETIRING)).startsWith(RANGE_A + "=");
    // one that comes now, or comes back, takes a free address of the old range and must follow
    services.create(Wanted.dualStack("late"));

    assertArrivedAt(B);
    assertThat(Duration.ofNanos(System.nanoTime() - changed)).isGreaterThan(Duration.ofSeconds(8));
    awaitAddresses("late", "192.0.2.10", B + "::1000");
  }

  @Test
  void doesNotWaitForAServiceThatIsDeletedMeanwhile() {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    services.create(Wanted.dualStack("doomed"));
    awaitAddresses("doomed", "192.0.2.10", A + "::1000");
    startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    awaitRecordOn("one");
    services.delete("doomed");
    metalLb().release();

    assertArrivedAt(B);
  }

  @Test
  void leavesAPinThatTheUserSetsMeanwhile() {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    awaitRecordOn("one");
    services.annotate("one", OLDER_PIN, "192.0.2.30," + B + "::1700");
    metalLb().release();

    awaitOnly(B);
    awaitAddresses("one", "192.0.2.30", B + "::1700");
    assertThat(services.annotations("one")).containsEntry(OLDER_PIN, "192.0.2.30," + B + "::1700");
  }

  @Test
  void anotherProgramGoesOnWhereTheFirstOneStopped() throws Exception {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    RunningProgram first = startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    awaitRecordOn("one");
    first.stop();
    metalLb().release();
    startHandover();

    assertArrivedAt(B);
  }

  @Test
  void replacingFinishesWhatAHandoverBegan() throws Exception {
    startHome(MetalLbRelease.V0_15_2);
    createServices();
    RunningProgram first = startHandover();
    awaitPasses(1);
    metalLb().holdServices();
    home.changePrefix(B);
    awaitRecordOn("one");
    first.stop();
    metalLb().release();
    startProgram(Map.of());

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> assertThat(home.cluster().addresses()).containsExactly(HomeWithServices.pool(B)));
    assertThat(home.cluster().annotations()).doesNotContainKey(RETIRING);
  }
}
