package io.github.metallbdyn6.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.TestServices.Wanted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The model does what was measured on the real MetalLB, and what stands in its source. */
class MetalLbTest {
  private static final String IPV4 = HomeWithServices.IPV4;
  private static final String RANGE_A = HomeWithServices.range("2001:db8:a");
  private static final String RANGE_B = HomeWithServices.range("2001:db8:b");
  private static final String OLD_KEY = "metallb.universe.tf/loadBalancerIPs";
  private static final String NEW_KEY = "metallb.io/loadBalancerIPs";

  private HomeWithServices home;
  private TestCluster cluster;
  private TestServices services;
  private ServiceHistory history;
  private MetalLb metalLb;

  @AfterEach
  void stopCluster() throws Exception {
    home.close();
  }

  private void start(MetalLbRelease version) {
    home = HomeWithServices.fake(version, "2001:db8:a");
    cluster = home.cluster();
    services = home.services();
    history = home.history();
    metalLb = home.model().orElseThrow();
  }

  private void setPool(String... addresses) {
    cluster.patchPool(
        "{\"spec\":{\"addresses\":[\"%s\"]}}".formatted(String.join("\",\"", addresses)));
  }

  private void awaitPoolTakenIn(String... addresses) {
    await().untilAsserted(() -> assertThat(metalLb.configuration()).containsExactly(addresses));
  }

  private void awaitAddresses(String name, String... addresses) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(services.addresses(name)).containsExactly(addresses));
  }

  /** The services of the field notes, section 6: the first free address was given back. */
  private void createMeasuredServices(String pinKey) {
    services.create(Wanted.dualStack("gone"));
    awaitAddresses("gone", "192.0.2.10", "2001:db8:a::1000");
    services.create(Wanted.dualStack("one"));
    awaitAddresses("one", "192.0.2.11", "2001:db8:a::1001");
    services.create(Wanted.dualStack("two"));
    awaitAddresses("two", "192.0.2.12", "2001:db8:a::1002");
    services.create(Wanted.dualStack("pinned").annotated(pinKey, "192.0.2.25,2001:db8:a::1500"));
    awaitAddresses("pinned", "192.0.2.25", "2001:db8:a::1500");
    services.delete("gone");
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_14_8", "V0_15_2"})
  void aPlainReplaceMovesIpv4AndLeavesThePinnedWithNothing(MetalLbRelease version) {
    start(version);
    createMeasuredServices(OLD_KEY);

    setPool(IPV4, RANGE_B);
    awaitAddresses("one", "192.0.2.10", "2001:db8:b::1000");
    awaitAddresses("two", "192.0.2.11", "2001:db8:b::1001");
    awaitAddresses("pinned");
    assertThat(metalLb.failures()).anyMatch(text -> text.contains("not allowed in config"));
  }

  private void awaitStatus(Map<String, Integer> status) {
    await()
        .untilAsserted(
            () -> assertThat(cluster.pool().<Map<String, Integer>>get("status")).isEqualTo(status));
  }

  @Test
  void aNewOneSaysHowManyAddressesItCountsAndNothingWhileItIsHeld() {
    start(MetalLbRelease.V0_15_2);
    Map<String, Integer> before =
        Map.of("assignedIPv4", 1, "assignedIPv6", 1, "availableIPv4", 30, "availableIPv6", 4915);
    services.create(Wanted.dualStack("one"));
    awaitStatus(before);
    metalLb.hold();
    setPool(IPV4, RANGE_A, RANGE_B, HomeWithServices.ULA);
    await()
        .during(Duration.ofMillis(500))
        .untilAsserted(
            () -> assertThat(cluster.pool().<Map<String, Integer>>get("status")).isEqualTo(before));
    metalLb.release();
    awaitStatus(
        Map.of("assignedIPv4", 1, "assignedIPv6", 1, "availableIPv4", 30, "availableIPv6", 7373));
  }

  @ParameterizedTest
  @EnumSource(names = {"V0_13_12", "V0_14_8"})
  void anOlderOneSaysNothingInTheStatus(MetalLbRelease version) {
    start(version);
    createMeasuredServices(OLD_KEY);

    assertThat(cluster.pool().<Object>get("status")).isNull();
  }

  @Test
  void anOldOneKeepsItsConfigurationUntilItIsRestarted() {
    start(MetalLbRelease.V0_13_12);
    createMeasuredServices(OLD_KEY);

    setPool(IPV4, RANGE_B);
    await().untilAsserted(() -> assertThat(metalLb.rejections()).hasSizeGreaterThan(2));
    services.create(Wanted.dualStack("three"));
    awaitAddresses("three", "192.0.2.10", "2001:db8:a::1000");
    awaitAddresses("one", "192.0.2.11", "2001:db8:a::1001");

    cluster.client().pods().inNamespace(cluster.namespace()).delete();
    awaitAddresses("pinned");
    awaitAddresses("one", "192.0.2.10", "2001:db8:b::1000");
    awaitAddresses("three", "192.0.2.11", "2001:db8:b::1001");
    awaitAddresses("two", "192.0.2.12", "2001:db8:b::1002");
  }

  /** Issue's four steps by hand. */
  @ParameterizedTest
  @EnumSource
  void aHandoverByHandLosesNothing(MetalLbRelease version) {
    start(version);
    createMeasuredServices(OLD_KEY);

    setPool(IPV4, RANGE_A, RANGE_B);
    awaitPoolTakenIn(IPV4, RANGE_A, RANGE_B);
    services.annotate("one", OLD_KEY, "192.0.2.11,2001:db8:b::1001");
    services.annotate("two", OLD_KEY, "192.0.2.12,2001:db8:b::1002");
    services.annotate("pinned", OLD_KEY, "192.0.2.25,2001:db8:b::1500");
    awaitAddresses("one", "192.0.2.11", "2001:db8:b::1001");
    awaitAddresses("two", "192.0.2.12", "2001:db8:b::1002");
    awaitAddresses("pinned", "192.0.2.25", "2001:db8:b::1500");
    setPool(IPV4, RANGE_B);
    awaitPoolTakenIn(IPV4, RANGE_B);
    services.annotate("one", OLD_KEY, null);
    services.annotate("two", OLD_KEY, null);

    services.create(Wanted.dualStack("marker"));
    awaitAddresses("marker", "192.0.2.10", "2001:db8:b::1000");
    awaitAddresses("one", "192.0.2.11", "2001:db8:b::1001");
    await().untilAsserted(history::assertNobodyLostAnything);
    assertThat(metalLb.failures()).isEmpty();
    assertThat(metalLb.rejections()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leavesAServiceWithNothingThatIsPinnedBeforeThePoolIsTakenIn(MetalLbRelease version) {
    start(version);
    services.create(Wanted.dualStack("one"));
    awaitAddresses("one", "192.0.2.10", "2001:db8:a::1000");

    metalLb.lagBehindPools(Duration.ofSeconds(1));
    setPool(IPV4, RANGE_A, RANGE_B);
    services.annotate("one", OLD_KEY, "192.0.2.10,2001:db8:b::1000");
    awaitAddresses("one");
    awaitAddresses("one", "192.0.2.10", "2001:db8:b::1000");
  }

  @ParameterizedTest
  @EnumSource
  void keepsAnAddressWhileThePoolContainsIt(MetalLbRelease version) {
    start(version);
    services.create(Wanted.dualStack("one"));
    awaitAddresses("one", "192.0.2.10", "2001:db8:a::1000");

    setPool(RANGE_B, IPV4, RANGE_A);
    awaitPoolTakenIn(RANGE_B, IPV4, RANGE_A);
    services.create(Wanted.dualStack("marker"));
    awaitAddresses("marker", "192.0.2.11", "2001:db8:b::1000");
    awaitAddresses("one", "192.0.2.10", "2001:db8:a::1000");
  }

  @Test
  void knowsTheNewerKeysOnlySinceTheyAreThere() {
    start(MetalLbRelease.V0_14_8);
    services.create(Wanted.dualStack("one").annotated(NEW_KEY, "192.0.2.25,2001:db8:a::1500"));
    awaitAddresses("one", "192.0.2.10", "2001:db8:a::1000");
  }

  @Test
  void prefersTheNewerKey() {
    start(MetalLbRelease.V0_15_2);
    services.create(
        Wanted.dualStack("one")
            .annotated(NEW_KEY, "192.0.2.25,2001:db8:a::1500")
            .annotated(OLD_KEY, "192.0.2.26,2001:db8:a::1600"));
    awaitAddresses("one", "192.0.2.25", "2001:db8:a::1500");
  }

  @ParameterizedTest
  @EnumSource
  void clearsFirstAndFailsThenWhenAPinCannotBeHad(MetalLbRelease version) {
    start(version);
    services.create(Wanted.dualStack("one"));
    awaitAddresses("one", "192.0.2.10", "2001:db8:a::1000");
    services.create(Wanted.dualStack("two"));
    awaitAddresses("two", "192.0.2.11", "2001:db8:a::1001");

    services.annotate("two", OLD_KEY, "192.0.2.11,2001:db8:a::1000");
    awaitAddresses("two");
    services.annotate("two", OLD_KEY, "192.0.2.11,2001:db8:a::1001");
    awaitAddresses("two", "192.0.2.11", "2001:db8:a::1001");
    services.annotate("two", OLD_KEY, "192.0.2.11");
    awaitAddresses("two");
    assertThat(metalLb.failures())
        .anyMatch(text -> text.contains("in use by"))
        .anyMatch(text -> text.contains("does not match the ipFamily"));
    assertThat(history.addresses(services.key("two")))
        .contains(List.of("192.0.2.11", "2001:db8:a::1001"), List.of());
  }

  @Test
  void takesBothFamiliesFromOnePool() {
    start(MetalLbRelease.V0_15_2);
    setPool(IPV4);
    awaitPoolTakenIn(IPV4);
    services.create(Wanted.dualStack("one"));
    services.create(Wanted.dualStack("four").families("IPv4"));

    awaitAddresses("four", "192.0.2.10");
    awaitAddresses("one");
  }

  @ParameterizedTest
  @EnumSource
  void letsServicesShareAnAddressAndMoveOneByOne(MetalLbRelease version) {
    start(version);
    String share = "metallb.universe.tf/allow-shared-ip";
    services.create(
        Wanted.dualStack("dns")
            .annotated(share, "k")
            .annotated(OLD_KEY, "192.0.2.15,2001:db8:a::1500"));
    awaitAddresses("dns", "192.0.2.15", "2001:db8:a::1500");
    services.create(
        Wanted.dualStack("web")
            .port(443)
            .annotated(share, "k")
            .annotated(OLD_KEY, "192.0.2.15,2001:db8:a::1500"));
    awaitAddresses("web", "192.0.2.15", "2001:db8:a::1500");

    setPool(IPV4, RANGE_A, RANGE_B);
    awaitPoolTakenIn(IPV4, RANGE_A, RANGE_B);
    services.annotate("dns", OLD_KEY, "192.0.2.15,2001:db8:b::1500");
    awaitAddresses("dns", "192.0.2.15", "2001:db8:b::1500");
    services.annotate("web", OLD_KEY, "192.0.2.15,2001:db8:b::1500");
    awaitAddresses("web", "192.0.2.15", "2001:db8:b::1500");
    await().untilAsserted(history::assertNobodyLostAnything);
  }

  @Test
  void leavesServicesOfAnotherClassAlone() {
    start(MetalLbRelease.V0_15_2);
    services.create(Wanted.dualStack("other").inClass("example.com/other"));
    services.create(Wanted.dualStack("one"));

    awaitAddresses("one", "192.0.2.10", "2001:db8:a::1000");
    awaitAddresses("other");
  }

  @Test
  void writesAddressesInTheOrderOfTheirTextWhereTheyArePinned() {
    start(MetalLbRelease.V0_15_2);
    services.create(
        Wanted.dualStack("one")
            .families("IPv6", "IPv4")
            .annotated(NEW_KEY, "2001:db8:a::1500,192.0.2.25"));

    awaitAddresses("one", "192.0.2.25", "2001:db8:a::1500");
    assertThat(history.addresses(services.key("one")))
        .contains(List.of("2001:db8:a::1500", "192.0.2.25"));
  }
}
