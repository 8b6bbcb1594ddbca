package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServiceState.Lasting;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody who may edit the services of one namespace, against those of another one. */
class HostileServicesTest {
  private static final AddressRange A = range("2001:db8:a");
  private static final AddressRange B = range("2001:db8:b");
  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final String FORGED =
      "%s; pool=metallb-system/public; to=192.0.2.30,2001:db8:b::%s;"
          + " from=192.0.2.30,2001:db8:a::%s; pin=%s; since=%s";

  private final LiveService victim = LiveService.at("victim", "192.0.2.11", "2001:db8:a::1001");
  private final LiveService evil = LiveService.at("aa/evil", "192.0.2.30", "2001:db8:a::1030");

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  private static HandoverGoal goal() {
    return new HandoverGoal(
        new HomePool(
            "metallb-system/public",
            Stream.of("192.0.2.10-192.0.2.40", A.toString(), B.toString())
                .map(PoolEntry::of)
                .toList(),
            new EarlierRanges(List.of())),
        B,
        List.of(A),
        List.of(),
        Uptake.DONE,
        PATIENCE,
        NOW,
        NOW);
  }

  /** Otherwise all services would be listed again and again for its sake. */
  @ParameterizedTest
  @EnumSource(
      value = Lasting.class,
      names = {"FOR_NOW", "UNTIL_IT_CHANGES"})
  void isWaitedForOnlyIfItMayMoveByItself(Lasting lasting) {
    ServiceState unreadable = evil.state().hindered(lasting, "its pin is too long");

    HandoverPlan plan =
        HandoverPlan.of(goal().at(NOW.plusSeconds(2)), List.of(victim.state(), unreadable));

    assertThat(plan.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.service().toString()).isEqualTo("aa/evil");
              assertThat(problem.passing()).isEqualTo(lasting == Lasting.FOR_NOW);
            });
    assertThat(plan.patches()).hasSize(1);
  }

  private static HandoverPlan plan(LiveService... services) {
    return plan(goal().at(NOW.plusSeconds(2)), services);
  }

  private static HandoverPlan plan(HandoverGoal goal, LiveService... services) {
    return HandoverPlan.of(goal, Stream.of(services).map(LiveService::state).toList());
  }

  /** Has everybody do what the plans say, and MetalLB what is requested, until all is settled. */
  private static List<LiveService> settle(LiveService... services) {
    List<LiveService> street = new ArrayList<>(List.of(services));
    for (int round = 0; round < 10; round++) {
      HandoverPlan plan = plan(street.toArray(LiveService[]::new));
      street.replaceAll(
          service ->
              plan.patches().stream()
                  .filter(patch -> patch.service().uid().equals(service.state().uid()))
                  .findFirst()
                  .map(service::patched)
                  .orElse(service)
                  .served());
    }
    return street;
  }

  /** As long as an older range stays, everybody can get its addresses, once they are free. */
  @Test
  void aHostPartBelongsToTheServiceThatHasItUnderTheLastPrefix() {
    AddressRange older = range("2001:db8:9");
    HandoverGoal goal =
        new HandoverGoal(
            goal().pool(), B, List.of(older, A), List.of(), Uptake.DONE, PATIENCE, NOW, NOW);
    LiveService late = LiveService.at("aa/late", "2001:db8:9::1001");

    HandoverPlan plan = plan(goal.at(NOW.plusSeconds(2)), late, victim);

    assertThat(wanted(plan, victim)).isEqualTo("[192.0.2.11, 2001:db8:b::1001]");
    assertThat(wanted(plan, late)).isEqualTo("nothing");
  }

  private static HandoverGoal halfTimeOver() {
    HandoverGoal goal = goal();
    return new HandoverGoal(
        goal.pool(),
        B,
        List.of(A),
        List.of(A),
        List.of(),
        Uptake.DONE,
        PATIENCE,
        NOW,
        NOW.plusSeconds(200));
  }

  private static String wanted(HandoverPlan plan, LiveService service) {
    return plan.patches().stream()
        .filter(patch -> patch.service().uid().equals(service.state().uid()))
        .map(patch -> service.patched(patch).served().ingress().toString())
        .findFirst()
        .orElse("nothing");
  }

  /** Without any address in the new range, MetalLB would take its IPv4 address, too. */
  @Test
  void aHostPartThatASquatterHasIsGivenUpBeforeTheOldRangeGoes() {
    LiveService squatter = LiveService.at("aa/squatter", "2001:db8:b::1001");

    assertThat(wanted(plan(squatter, victim), victim)).isEqualTo("nothing");

    HandoverPlan late = plan(halfTimeOver(), squatter, victim);
    assertThat(wanted(late, victim))
        .matches("\\[192.0.2.11, 2001:db8:b::1[0-9a-f]{3}]")
        .doesNotContain("b::1001");
    assertThat(late.problems())
        .extracting(HandoverPlan.Problem::text)
        .singleElement()
        .asString()
        .contains("2001:db8:b::1001 is taken by aa/squatter; it gets 2001:db8:b::1");
  }

  @Test
  void anAddressInItsPlaceIsNoneThatAnybodyHasOrRequests() {
    List<LiveService> crowd =
        IntStream.rangeClosed(0x1000, 0x1999)
            .filter(part -> part != 0x1777)
            .mapToObj(Integer::toHexString)
            .map(
                part ->
                    part.endsWith("0")
                        ? LiveService.at("aa/s" + part)
                            .annotated("metallb.io/loadBalancerIPs", "2001:db8:b::" + part)
                        : LiveService.at("aa/s" + part, "2001:db8:b::" + part))
            .collect(Collectors.toCollection(ArrayList::new));
    crowd.add(victim);

    HandoverPlan plan = plan(halfTimeOver(), crowd.toArray(LiveService[]::new));

    assertThat(wanted(plan, victim)).isEqualTo("[192.0.2.11, 2001:db8:b::1777]");
  }

  @Test
  void servicesThatShareAnAddressGetOneInItsPlace() {
    LiveService squatter = LiveService.at("aa/squatter", "2001:db8:b::1001");
    LiveService one = victim.annotated("metallb.io/allow-shared-ip", "key");
    LiveService other =
        LiveService.at("other", "192.0.2.11", "2001:db8:a::1001")
            .annotated("metallb.io/allow-shared-ip", "key");

    HandoverPlan plan = plan(halfTimeOver(), squatter, one, other);

    assertThat(wanted(plan, one)).contains("2001:db8:b::").isEqualTo(wanted(plan, other));
  }

  @Test
  void aCrowdInOneNamespaceKeepsNoOtherOneWaiting() {
    List<LiveService> street =
        IntStream.range(0, 300)
            .mapToObj(i -> LiveService.at("aa/s" + i, "2001:db8:a::1%03x".formatted(i + 2)))
            .collect(Collectors.toCollection(ArrayList::new));
    street.add(victim);

    assertThat(plan(street.toArray(LiveService[]::new)).patches().subList(0, 2))
        .extracting(patch -> patch.service().name())
        .contains("victim");
  }

  private static LiveService forged(
      LiveService service, String stage, String to, String from, String pin, Object since) {
    return service.annotated(
        ServiceAnnotations.RECORD, FORGED.formatted(stage, to, from, pin, since));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+1000000000-12-31T23:59:59.999999999Z",
        "9999-12-31T23:59:59Z",
        "2026-11-28T12:01:03Z"
      })
  void aRecordOfTheFutureStopsNobody(String since) {
    for (String stage : List.of("moving", "returning", "given-up")) {
      List<LiveService> street =
          settle(forged(evil, stage, "1030", "1030", "yours", since), victim);

      assertThat(street.get(1).ingress()).containsExactly("192.0.2.11", "2001:db8:b::1001");
      assertThat(plan(street.toArray(LiveService[]::new)).isReadyToRetire()).isTrue();
    }
  }

  @Test
  void aRecordOfTheBeginningOfTimeStopsNobody() {
    for (String stage : List.of("moving", "returning", "given-up")) {
      String since = "-1000000000-01-01T00:00:00Z";

      HandoverPlan plan = plan(forged(evil, stage, "1030", "1030", "yours", since), victim);

      assertThat(plan.moving()).extracting(ServiceState::name).contains("victim");
    }
  }

  @Test
  void aRecordOfTheFutureOnAServiceThatMetalLbDoesNotServeKeepsNoRange() {
    LiveService elsewhere =
        forged(
            LiveService.at("aa/evil"),
            "returning",
            "1030",
            "1031",
            "yours",
            "9999-01-01T00:00:00Z");

    assertThat(plan(elsewhere, victim.given("192.0.2.11", "2001:db8:b::1001")).isReadyToRetire())
        .isTrue();
  }

  /** A record that is forged anew whenever it is too old. */
  @Test
  void aRecordThatIsAlwaysFreshKeepsNoRangeForEver() {
    String since = A + "=" + NOW.minus(PATIENCE.multipliedBy(2));
    PoolState pool =
        PoolState.of(
            "1",
            List.of(A.toString(), B.toString()),
            Map.of(PoolState.RECORD, A + "," + B, PoolState.RETIRING, since),
            NOW);
    HandoverRule rule = HandoverRule.of("0", 180).forPool("metallb-system/public");
    LiveService pending = LiveService.at("aa/evil");
    HandoverPlan plan =
        HandoverPlan.of(
            rule.goalUnder(pool, B, Date.from(NOW)),
            List.of(forged(pending, "returning", "1030", "1031", "yours", NOW).state()));

    assertThat(plan.isSettled()).isFalse();
    assertThat(rule.retirement(pool, plan).ranges()).containsExactly(A);
  }

  @Test
  void aRecordAndAPinForTheHostPartOfAnotherServiceMoveNobodyThere() {
    LiveService thief =
        forged(evil, "moving", "1001", "1030", ServiceAnnotations.NEWER_PIN, NOW.minusSeconds(1))
            .annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.30,2001:db8:b::1001");

    HandoverPlan plan = plan(thief, victim);

    assertThat(plan.moving()).extracting(ServiceState::name).contains("victim");
    assertThat(plan.problems()).isEmpty();
  }

  @Test
  void aRequestOfAServiceWithoutAddressIsNoReasonForAnOwnerToStay() {
    LiveService squatter =
        LiveService.at("aa/evil")
            .annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.99,2001:db8:b::1001");

    assertThat(plan(squatter, victim).moving())
        .extracting(ServiceState::name)
        .containsExactly("victim");
    assertThat(plan(goal(), squatter, victim).waiting())
        .as("MetalLB may just be giving it to the other one, and would clear the owner")
        .extracting(ServiceState::name)
        .containsExactly("victim");
  }

  @Test
  void aDeclaredHostPartIsNotTakenFromTheServiceThatHasIt() {
    LiveService declaring = victim.annotated(ServiceAnnotations.HOST_PART, "::1001");
    LiveService thief = evil.annotated(ServiceAnnotations.HOST_PART, "::1001");

    List<LiveService> street = settle(thief, declaring);

    assertThat(street.get(0).ingress()).containsExactly("192.0.2.30", "2001:db8:b::1030");
    assertThat(street.get(1).ingress()).containsExactly("192.0.2.11", "2001:db8:b::1001");
  }

  /** The first service at a shared address has its ports. */
  @Test
  void theSharingKeyOfAnotherServiceBringsNobodyToItsAddressBeforeIt() {
    LiveService sharing = victim.annotated(ServiceAnnotations.NEWER_SHARING, "door");
    LiveService thief =
        evil.annotated(ServiceAnnotations.NEWER_SHARING, "door")
            .annotated(ServiceAnnotations.HOST_PART, "::1001");

    HandoverPlan plan = plan(thief, sharing);

    assertThat(plan.patches())
        .filteredOn(patch -> patch.service().name().equals("evil"))
        .allSatisfy(
            patch ->
                assertThat(patch.annotations().get(ServiceAnnotations.NEWER_PIN))
                    .contains("2001:db8:b::1030"));
    assertThat(plan.moving()).extracting(ServiceState::name).contains("victim");
  }

  @Test
  void pinsForTheWholeRangeAreNeitherRenumberedNorCounted() {
    String all =
        IntStream.rangeClosed(0x1000, 0x1999)
            .mapToObj("2001:db8:a::%x"::formatted)
            .collect(Collectors.joining(","));
    LiveService greedy =
        evil.annotated(ServiceAnnotations.PIN, all)
            .annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.30,2001:db8:a::1030");

    List<LiveService> street = settle(greedy, victim);

    assertThat(street.get(1).ingress()).containsExactly("192.0.2.11", "2001:db8:b::1001");
    assertThat(street.get(0).annotations()).containsEntry(ServiceAnnotations.PIN, all);
  }

  @Test
  void pinsForTheWholeNextRangeStopNobody() {
    String all =
        IntStream.rangeClosed(0x1000, 0x1999)
            .mapToObj("2001:db8:b::%x"::formatted)
            .collect(Collectors.joining(","));
    for (String key : ServiceAnnotations.PINS) {
      for (LiveService greedy : List.of(evil, LiveService.at("aa/evil"))) {
        List<LiveService> street = new ArrayList<>();
        street.add(greedy.annotated(key, all));
        street.add(victim);
        HandoverPlan plan = plan(street.toArray(LiveService[]::new));
        assertThat(plan.moving()).extracting(ServiceState::name).contains("victim");
      }
    }
  }

  @Test
  void aRecordThatNamesAnotherPoolKeepsAServiceOnlyWhereItIsAndIsNamed() {
    LiveService foreign =
        evil.annotated(
            ServiceAnnotations.RECORD,
            FORGED
                .formatted("moving", "1030", "1031", "yours", NOW)
                .replace("metallb-system/public", "metallb-system/other"));

    HandoverPlan plan = plan(foreign, victim);

    assertThat(plan.moving()).extracting(ServiceState::name).containsExactly("victim");
    assertThat(plan.problems())
        .singleElement()
        .asString()
        .contains("aa/evil", ServiceAnnotations.RECORD, "another pool");
  }
}
