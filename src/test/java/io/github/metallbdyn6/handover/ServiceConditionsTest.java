package io.github.metallbdyn6.handover;

import static io.github.metallbdyn6.handover.HandoverGoals.A;
import static io.github.metallbdyn6.handover.HandoverGoals.B;
import static io.github.metallbdyn6.handover.HandoverGoals.C;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServiceCondition.Kind;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.Uptake;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceConditionsTest {
  private static final String PIN = ServiceAnnotations.PIN;
  private final HandoverGoal goal = HandoverGoals.to(B, Uptake.DONE, A);

  private List<ServiceCondition> conditions(HandoverGoal wanted, LiveService... services) {
    return ServiceConditions.of(
        wanted, true, Stream.of(services).map(LiveService::state).toList(), Set.of());
  }

  private ServiceCondition only(LiveService service) {
    List<ServiceCondition> conditions = conditions(goal, service);
    assertThat(conditions).hasSize(1);
    return conditions.get(0);
  }

  @Test
  void isInPlaceUnderTheCurrentPrefix() {
    assertThat(only(LiveService.at("web", "192.0.2.10", "2001:db8:b::1000")).kind())
        .isEqualTo(Kind.IN_PLACE);
  }

  @Test
  void movesFromARangeThatRetires() {
    ServiceCondition condition = only(LiveService.at("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(condition.kind()).isEqualTo(Kind.MOVING);
    assertThat(condition.reason()).contains("2001:db8:a::1000");
    assertThat(condition.kind().isTrouble()).isFalse();
  }

  @Test
  void isLeftBehindWhereSomebodyElseHasItsHostPart() {
    List<ServiceCondition> conditions =
        conditions(
            goal,
            LiveService.at("thief", "192.0.2.11", "2001:db8:b::1000"),
            LiveService.at("web", "192.0.2.10", "2001:db8:a::1000"));
    assertThat(conditions).extracting(ServiceCondition::kind).contains(Kind.LEFT_BEHIND);
    assertThat(conditions.get(1).reason()).contains("home/thief");
    assertThat(conditions.get(1).advice()).isNotBlank();
  }

  @Test
  void isNotAsDeclaredWithAHostPartThatCannotBeHad() {
    ServiceCondition condition =
        only(
            LiveService.at("web", "192.0.2.10", "2001:db8:b::1000")
                .annotated(ServiceAnnotations.HOST_PART, "::9999"));
    assertThat(condition.kind()).isEqualTo(Kind.NOT_AS_DECLARED);
    assertThat(condition.reason()).contains("::9999");
    assertThat(condition.kind().isUnreachable()).isFalse();
  }

  @Test
  void hasNoAddressWhereItRequestsOneOfThePool() {
    ServiceCondition condition =
        only(LiveService.at("web").annotated(PIN, "192.0.2.10,2001:db8:c::9"));
    assertThat(condition.kind()).isEqualTo(Kind.NO_ADDRESS);
    assertThat(condition.reason()).contains("2001:db8:c::9");
    assertThat(condition.kind().isUnreachable()).isTrue();
  }

  @Test
  void isOnADeadPrefixWhereThePoolHasItsRangeNoMore() {
    HandoverGoal retired = withEarlier(HandoverGoals.to(B, Uptake.DONE));
    ServiceCondition condition =
        conditions(retired, LiveService.at("web", "2001:db8:c::1000")).get(0);
    assertThat(condition.kind()).isEqualTo(Kind.DEAD_PREFIX);
    assertThat(condition.reason()).contains("2001:db8:c::1000");
  }

  private static HandoverGoal withEarlier(HandoverGoal it) {
    HomePool pool =
        new HomePool(it.pool().name(), it.pool().entries(), new EarlierRanges(List.of(C)));
    return new HandoverGoal(
        pool,
        it.range(),
        it.retiring(),
        it.expired(),
        it.uptake(),
        it.patience(),
        it.begun(),
        it.now());
  }

  @Test
  void isNobodysBusinessWhereItIsOfAnotherPool() {
    assertThat(
            conditions(
                goal,
                LiveService.at("other", "198.51.100.7", "2001:db8:ffff::1000"),
                LiveService.at("new"),
                LiveService.at("ipv4", "192.0.2.12"),
                LiveService.at("elsewhere").annotated(PIN, "198.51.100.8"),
                LiveService.at("unlike").annotated(PIN, "2001:db8:ffff::9:1000"),
                LiveService.at("local").annotated(PIN, "fd00::1000"),
                LiveService.at("named")
                    .annotated(PIN, "2001:db8:ffff::1000")
                    .annotated(ServiceAnnotations.NEWER_ADDRESS_POOL, "other")))
        .isEmpty();
  }

  /** The pin was made before the program kept the pool, so that no record names its prefix. */
  @Test
  void hasNoAddressWhereItRequestsOurHostPartUnderAnUnknownPrefix() {
    ServiceCondition condition = only(LiveService.at("web").annotated(PIN, "2001:db8:ffff::1000"));
    assertThat(condition.kind()).isEqualTo(Kind.NO_ADDRESS);
    assertThat(condition.reason()).contains("requests 2001:db8:ffff::1000");
    assertThat(condition.advice()).contains("request addresses that the pool has");
  }

  /** MetalLB refuses IPv4 alone for a service of both families, and an address that is taken. */
  @Test
  void isSentToMetalLbWhereItRequestsOnlyWhatThePoolHas() {
    ServiceCondition condition = only(LiveService.at("web").annotated(PIN, "192.0.2.30"));
    assertThat(condition.kind()).isEqualTo(Kind.NO_ADDRESS);
    assertThat(condition.advice())
        .contains("kubectl describe service -n home web")
        .doesNotContain("request addresses");
  }

  @Test
  void isRememberedAsThePoolsWhenItLosesAllAddresses() {
    List<ServiceCondition> conditions =
        ServiceConditions.of(
            goal, true, List.of(LiveService.at("web").state()), Set.of("uid-of-web"));
    assertThat(conditions).extracting(ServiceCondition::kind).containsExactly(Kind.NO_ADDRESS);
    assertThat(conditions.get(0).advice()).contains("kubectl describe service -n home web");
  }

  @Test
  void promisesNothingWhereTheProgramDoesNotMoveServices() {
    List<ServiceCondition> conditions =
        ServiceConditions.of(
            HandoverGoals.to(B, Uptake.DONE),
            false,
            List.of(
                LiveService.at("web", "192.0.2.10", "2001:db8:b::1000")
                    .annotated(ServiceAnnotations.HOST_PART, "::1525")
                    .state()),
            Set.of());
    assertThat(conditions).extracting(ServiceCondition::kind).containsExactly(Kind.IN_PLACE);
  }

  @Test
  void isAtRiskWithAPinWhereTheProgramDoesNotMoveServices() {
    List<ServiceState> services =
        List.of(
            LiveService.at("mail", "192.0.2.11", "2001:db8:b::1025")
                .annotated(PIN, "192.0.2.11,2001:db8:b::1025")
                .state(),
            LiveService.at("nas", "192.0.2.12", "2001:db8:b::1001")
                .annotated(PIN, "192.0.2.12")
                .state());
    HandoverGoal b = HandoverGoals.to(B, Uptake.DONE);

    List<ServiceCondition> replaced = ServiceConditions.of(b, false, services, Set.of());
    assertThat(replaced)
        .extracting(ServiceCondition::kind)
        .containsExactly(Kind.PINNED, Kind.IN_PLACE);
    assertThat(replaced.get(0).reason()).contains("2001:db8:b::1025", "next change");
    assertThat(replaced.get(0).advice()).contains("component handover");

    assertThat(ServiceConditions.of(b, true, services, Set.of()))
        .extracting(ServiceCondition::kind)
        .containsExactly(Kind.IN_PLACE, Kind.IN_PLACE);
  }

  @Test
  void hasAWordAndATitleForEachKind() {
    assertThat(Kind.values())
        .allSatisfy(
            kind -> {
              assertThat(kind.toString()).matches("[a-z_]+");
              assertThat(kind.title()).isNotBlank();
            });
  }
}
