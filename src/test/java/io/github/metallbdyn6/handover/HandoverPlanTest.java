package io.github.metallbdyn6.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HandoverPlanTest {
  private static final HomePool POOL =
      new HomePool(
          "metallb-system/public",
          Stream.of("192.0.2.10-192.0.2.40", "2001:db8:b::1000-2001:db8:b::1999")
              .map(PoolEntry::of)
              .toList(),
          new EarlierRanges(List.of()));
  private static final AddressRange A = range("2001:db8:a");
  private static final AddressRange B = range("2001:db8:b");
  private static final AddressRange C = range("2001:db8:c");
  private static final Instant BEGUN = Instant.parse("2026-11-22T20:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HandoverGoal FROM_A_TO_B = goal(B, A);

  private static final LiveService SETTLED = settledIn(FROM_A_TO_B);

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  private static HandoverGoal goal(AddressRange range, AddressRange... retiring) {
    return new HandoverGoal(
        POOL, range, List.of(retiring), List.of(), Uptake.SILENT, PATIENCE, BEGUN, BEGUN);
  }

  private static HandoverPlan plan(HandoverGoal goal, LiveService... services) {
    return HandoverPlan.of(goal, Stream.of(services).map(LiveService::state).toList());
  }

  /** Somebody is on the new range already, so that nobody has to go ahead. */
  private static LiveService settledIn(HandoverGoal goal) {
    return LiveService.at("settled", "192.0.2.99", goal.range().toString().replaceFirst(".*-", ""));
  }

  private static HandoverPlan planWithSettled(HandoverGoal goal, LiveService service) {
    return plan(goal, settledIn(goal), service);
  }

  /** Carries out the only patch. */
  private static LiveService moved(HandoverGoal goal, LiveService service) {
    HandoverPlan plan = planWithSettled(goal, service);
    assertThat(plan.patches()).hasSize(1);
    return service.patched(plan.patches().get(0));
  }

  @Nested
  class AServiceThatAsksForNothing {
    private final LiveService web = LiveService.at("web", "192.0.2.11", "2001:db8:a::1001");

    @Test
    void isAskedForItsIpv4AndItsHostPartInAWayThatEveryMetalLbUnderstands() {
      assertThat(moved(FROM_A_TO_B, web).annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1001")
          .containsKey(ServiceAnnotations.RECORD)
          .hasSize(2);
    }

    @Test
    void isWaitedForAndThenReleasedWithoutATrace() {
      LiveService asked = moved(FROM_A_TO_B, web);
      assertThat(planWithSettled(FROM_A_TO_B, asked).waiting()).hasSize(1);

      LiveService released = moved(FROM_A_TO_B, asked.served());

      assertThat(released.annotations()).isEmpty();
      assertThat(planWithSettled(FROM_A_TO_B, released).isSettled()).isTrue();
    }

    @Test
    void keepsTheOrderOfItsFamilies() {
      LiveService ipv6First = LiveService.at("web", "2001:db8:a::1001", "192.0.2.11");

      assertThat(moved(FROM_A_TO_B, ipv6First).annotations())
          .containsEntry(ServiceAnnotations.PIN, "2001:db8:b::1001,192.0.2.11");
    }

    @Test
    void keepsAPinThatTheUserSetsMeanwhile() {
      LiveService asked = moved(FROM_A_TO_B, web);
      LiveService users =
          asked.annotated(ServiceAnnotations.PIN, "192.0.2.30,2001:db8:b::1700").served();

      assertThat(moved(FROM_A_TO_B, users).annotations())
          .containsOnlyKeys(ServiceAnnotations.PIN)
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.30,2001:db8:b::1700");
    }

    @Test
    void isPutBackWhenMetalLbClearsIt() {
      LiveService cleared = moved(FROM_A_TO_B, web).given();
      HandoverGoal later = FROM_A_TO_B.at(BEGUN.plusMillis(100));

      LiveService back = moved(later, cleared);
      assertThat(back.annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:a::1001");
      LiveService home = moved(later, back.served());
      assertThat(home.annotations()).containsOnlyKeys(ServiceAnnotations.RECORD);
      HandoverPlan end = planWithSettled(later, home);
      assertThat(end.isSettled()).isTrue();
      assertThat(end.isPassing()).isTrue();
      assertThat(end.inUse()).containsExactly(A);
      assertThat(end.problems()).singleElement().asString().contains("2001:db8:b::1001");
    }

    @Test
    void triesAgainAfterMetalLbClearedItLaterEveryTime() {
      LiveService service = web;
      Instant now = BEGUN;
      for (int seconds : List.of(4, 8, 16, 32, 60, 60)) {
        service = moved(FROM_A_TO_B.at(now), service); // asked to move
        service = moved(FROM_A_TO_B.at(now), service.given()); // and back
        service = moved(FROM_A_TO_B.at(now), service.served()); // given up
        now = now.plusSeconds(seconds);
        assertThat(planWithSettled(FROM_A_TO_B.at(now.minusMillis(1)), service).patches())
            .isEmpty();
      }
      LiveService asked = moved(FROM_A_TO_B.at(now), service);
      assertThat(moved(FROM_A_TO_B.at(now), asked.served()).annotations()).isEmpty();
    }

    @Test
    void triesAgainAfterMetalLbTookTooLong() {
      LiveService given = moved(FROM_A_TO_B.at(BEGUN.plus(PATIENCE)), moved(FROM_A_TO_B, web));

      HandoverGoal later = FROM_A_TO_B.at(BEGUN.plus(PATIENCE).plusSeconds(2));

      assertThat(moved(later, given).annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1001");
    }

    @Test
    void isGivenUpWhenMetalLbTakesTooLong() {
      LiveService asked = moved(FROM_A_TO_B, web);
      HandoverGoal late = FROM_A_TO_B.at(BEGUN.plus(PATIENCE));

      LiveService given = moved(late, asked);

      assertThat(given.annotations()).containsOnlyKeys(ServiceAnnotations.RECORD);
      assertThat(planWithSettled(late, given).isSettled()).isTrue();
    }

    @Test
    void triesAgainUnderTheNextPrefixAfterItWasGivenUp() {
      HandoverGoal late = FROM_A_TO_B.at(BEGUN.plus(PATIENCE));
      LiveService given = moved(late, moved(FROM_A_TO_B, web));

      assertThat(moved(goal(C, A, B), given).annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:c::1001");
    }

    @Test
    void leavesNoTraceWhenItsRangeGoesWithoutIt() {
      HandoverGoal late = FROM_A_TO_B.at(BEGUN.plus(PATIENCE));
      LiveService given = moved(late, moved(FROM_A_TO_B, web));
      HandoverGoal expired =
          new HandoverGoal(POOL, B, List.of(A), List.of(A), Uptake.SILENT, PATIENCE, BEGUN, BEGUN);

      LiveService left = moved(expired, given);

      assertThat(left.annotations()).isEmpty();
      assertThat(planWithSettled(expired, left).isSettled()).isTrue();
      assertThat(planWithSettled(expired, left).problems()).hasSize(1);
    }

    @Test
    void goesOnToTheNewestPrefixFromTheMiddleOfAMove() {
      LiveService asked = moved(FROM_A_TO_B, web);

      for (LiveService service : List.of(asked, asked.served(), asked.given())) {
        LiveService again = moved(goal(C, A, B), service);
        assertThat(again.annotations())
            .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:c::1001");
        assertThat(moved(goal(C, A, B), again.served()).annotations()).isEmpty();
      }
    }
  }

  @Nested
  class AServiceThatTheUserPinned {
    @Test
    void keepsItsPinUnderTheNewPrefixByteForByteOtherwise() {
      LiveService pinned =
          LiveService.at("web", "192.0.2.25", "2001:db8:a::1500")
              .annotated(ServiceAnnotations.PIN, " 192.0.2.25 , 2001:DB8:A::1500");

      LiveService released = moved(FROM_A_TO_B, moved(FROM_A_TO_B, pinned).served());

      assertThat(released.annotations())
          .containsOnlyKeys(ServiceAnnotations.PIN)
          .containsEntry(ServiceAnnotations.PIN, " 192.0.2.25 , 2001:db8:b::1500");
    }

    @Test
    void byTheNewerKeyGetsTheOlderOneBesideForOldReleases() {
      LiveService pinned =
          LiveService.at("web", "192.0.2.25", "2001:db8:a::1500")
              .annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.25,2001:db8:a::1500");

      LiveService asked = moved(FROM_A_TO_B, pinned);

      assertThat(asked.annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.25,2001:db8:b::1500")
          .containsEntry(ServiceAnnotations.NEWER_PIN, "192.0.2.25,2001:db8:b::1500");
      assertThat(moved(FROM_A_TO_B, asked.served()).annotations())
          .containsOnlyKeys(ServiceAnnotations.NEWER_PIN);
    }

    @Test
    void byTheFieldGetsNoAnnotation() {
      LiveService pinned = LiveService.at("web", "2001:db8:a::1500").asking("2001:db8:a::1500");

      LiveService asked = moved(FROM_A_TO_B, pinned);

      assertThat(asked.loadBalancerIp()).isEqualTo("2001:db8:b::1500");
      assertThat(asked.annotations()).containsOnlyKeys(ServiceAnnotations.RECORD);
    }

    @Test
    void isPutBackWithItsPinWhenMetalLbClearsIt() {
      LiveService pinned =
          LiveService.at("web", "192.0.2.25", "2001:db8:a::1500")
              .annotated(ServiceAnnotations.PIN, "192.0.2.25,2001:db8:a::1500");
      HandoverGoal later = FROM_A_TO_B.at(BEGUN.plusSeconds(5));

      LiveService back = moved(later, moved(FROM_A_TO_B, pinned).given());

      assertThat(back.annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.25,2001:db8:a::1500");
    }

    @Test
    void toSomethingElseStaysAndIsNamed() {
      LiveService pinned =
          LiveService.at("web", "192.0.2.25", "2001:db8:a::1500")
              .annotated(ServiceAnnotations.PIN, "192.0.2.25,2001:db8:a::1777");

      HandoverPlan plan = planWithSettled(FROM_A_TO_B, pinned);

      assertThat(plan.patches()).isEmpty();
      assertThat(plan.problems()).singleElement().asString().contains(ServiceAnnotations.PIN);
    }
  }

  @Nested
  class NobodyIsMoved {
    @Test
    void fromAnAddressThatIsNotOurs() {
      assertThat(
              plan(
                      FROM_A_TO_B,
                      LiveService.at("ipv4", "192.0.2.11"),
                      LiveService.at("pending"),
                      LiveService.at("ula", "fd00:db8::1001"),
                      LiveService.at("other", "2001:db8:a:1::1001"),
                      LiveService.at("outside", "2001:db8:a::2000"))
                  .isSettled())
          .isTrue();
    }

    @Test
    void toAnAddressThatAnotherServiceHas() {
      LiveService web = LiveService.at("web", "192.0.2.11", "2001:db8:a::1001");
      LiveService squatter = LiveService.at("squatter", "192.0.2.12", "2001:db8:b::1001");

      HandoverPlan plan = plan(FROM_A_TO_B, SETTLED, web, squatter);

      assertThat(plan.patches()).isEmpty();
      assertThat(plan.problems()).singleElement().asString().contains("home/squatter");
    }

    @Test
    void outsideTheNewHostRange() {
      HandoverGoal narrow =
          goal(AddressRange.parseEntry("2001:db8:b::1000-2001:db8:b::1100").orElseThrow(), A);

      HandoverPlan plan = plan(narrow, LiveService.at("web", "2001:db8:a::1500"));

      assertThat(plan.patches()).isEmpty();
      assertThat(plan.problems()).singleElement().asString().contains("::1500").contains("outside");
    }
  }

  @Nested
  class ServicesTogether {
    @Test
    void thatShareAnAddressMoveToTheSameOne() {
      LiveService one =
          LiveService.at("one", "192.0.2.11", "2001:db8:a::1001")
              .annotated(ServiceAnnotations.SHARING, "door");
      LiveService two =
          LiveService.at("two", "192.0.2.11", "2001:db8:a::1001")
              .annotated(ServiceAnnotations.NEWER_SHARING, "door");

      HandoverPlan plan = plan(FROM_A_TO_B, SETTLED, one, two);

      assertThat(plan.patches())
          .hasSize(2)
          .allSatisfy(
              patch ->
                  assertThat(patch.annotations())
                      .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1001"));
    }

    @Test
    void fromTwoOldPrefixesWithTheSameHostPartDoNotBothGetIt() {
      HandoverPlan plan =
          plan(
              goal(C, A, B),
              LiveService.at("settled", "2001:db8:c::1999"),
              LiveService.at("one", "192.0.2.11", "2001:db8:a::1001"),
              LiveService.at("two", "192.0.2.12", "2001:db8:b::1001"));

      assertThat(plan.patches()).hasSize(1);
      assertThat(plan.problems()).hasSize(1);
    }

    @Test
    void waitForOneThatGoesAhead() {
      LiveService one = LiveService.at("one", "192.0.2.11", "2001:db8:a::1001");
      LiveService two = LiveService.at("two", "192.0.2.12", "2001:db8:a::1002");

      HandoverPlan first = plan(FROM_A_TO_B, one, two);
      assertThat(first.moving()).extracting(ServiceState::name).containsExactly("one");
      assertThat(first.waiting()).extracting(ServiceState::name).containsExactly("two");
      LiveService asked = one.patched(first.patches().get(0));
      assertThat(plan(FROM_A_TO_B, asked, two).patches()).isEmpty();

      assertThat(plan(FROM_A_TO_B, asked.served(), two).patches())
          .extracting(ServicePatch::kind)
          .containsExactlyInAnyOrder(Kind.MOVE, Kind.RELEASE);
    }

    @Test
    void areNotSentBeforeTheFirstOneIsHomeAgainHoweverLongMetalLbIsSilent() {
      HandoverPlanner planner = new HandoverPlanner();
      LiveService one = LiveService.at("one", "192.0.2.11", "2001:db8:a::1001");
      LiveService two = LiveService.at("two", "192.0.2.12", "2001:db8:a::1002");
      LiveService asked = one.patched(planAfter(planner, 0, one, two).patches().get(0));

      long almost = PATIENCE.toSeconds() - 1;
      assertThat(planAfter(planner, almost, asked, two).patches()).isEmpty();
      LiveService cleared = asked.given();
      LiveService back = cleared.patched(planAfter(planner, 0, cleared, two).patches().get(0));
      assertThat(planAfter(planner, 0, back, two).moving()).isEmpty();
      LiveService home =
          back.served().patched(planAfter(planner, 0, back.served(), two).patches().get(0));

      assertThat(planAfter(planner, 3, home, two).patches()).isEmpty();
      assertThat(planAfter(planner, 4, home, two).moving())
          .as("another one goes ahead next")
          .extracting(ServiceState::name)
          .containsExactly("two");
    }

    private HandoverPlan planAfter(HandoverPlanner planner, long seconds, LiveService... services) {
      return planner.planAgain(
          FROM_A_TO_B,
          Stream.of(services).map(LiveService::state).toList(),
          Date.from(BEGUN.plusSeconds(seconds)));
    }

    @Test
    void letOneGoAheadThatHasNoIpv4AddressToLose() {
      LiveService one = LiveService.at("one", "192.0.2.11", "2001:db8:a::1001");
      LiveService six = LiveService.at("six", "2001:db8:a::1002");

      assertThat(plan(FROM_A_TO_B, one, six).moving())
          .extracting(ServiceState::name)
          .containsExactly("six");
    }
  }

  @Nested
  class ADeclaredHostPart {
    private final LiveService web =
        LiveService.at("web", "192.0.2.11", "2001:db8:b::1001")
            .annotated(ServiceAnnotations.HOST_PART, "::1025");

    @Test
    void isGivenUnderThePresentPrefix() {
      LiveService asked = moved(goal(B), web);

      assertThat(asked.annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1025");
      assertThat(moved(goal(B), asked.served()).annotations())
          .containsOnlyKeys(ServiceAnnotations.HOST_PART);
    }

    @Test
    void isGivenUnderTheNextPrefix() {
      assertThat(moved(goal(C, B), web).annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:c::1025");
    }

    @Test
    void thatCannotBeHadLeavesTheServiceWhatItHas() {
      for (String declared : List.of("::2025", "::1:25", "192.0.2.1", "2001:db8::1", "junk")) {
        HandoverPlan plan = plan(goal(B), web.annotated(ServiceAnnotations.HOST_PART, declared));
        assertThat(plan.patches()).as(declared).isEmpty();
        assertThat(plan.problems()).as(declared).hasSize(1);
      }
    }

    @Test
    void thatSomebodyElseHasLeavesTheServiceItsOwnUnderTheNewPrefix() {
      LiveService old =
          LiveService.at("web", "192.0.2.11", "2001:db8:a::1001")
              .annotated(ServiceAnnotations.HOST_PART, "::1999");

      HandoverPlan plan = planWithSettled(FROM_A_TO_B, old);

      assertThat(plan.problems()).singleElement().asString().contains("home/settled");
      assertThat(moved(FROM_A_TO_B, old).annotations())
          .containsEntry(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1001");
    }
  }

  @Nested
  class TheAddressThatExternalDnsPublishes {
    private final LiveService web =
        LiveService.at("web", "192.0.2.11", "2001:db8:a::1001")
            .annotated(
                ServiceAnnotations.DNS_TARGET,
                "198.51.100.7, 2001:db8:a::1001,2001:db8:a::53,2001:db8:f::1,home.example");

    @Test
    void movesWhenTheServiceHasArrived() {
      LiveService asked = moved(FROM_A_TO_B, web);
      assertThat(asked.annotations())
          .containsEntry(
              ServiceAnnotations.DNS_TARGET, web.annotations().get(ServiceAnnotations.DNS_TARGET));

      assertThat(moved(FROM_A_TO_B, asked.served()).annotations())
          .containsOnlyKeys(ServiceAnnotations.DNS_TARGET)
          .containsEntry(
              ServiceAnnotations.DNS_TARGET,
              "198.51.100.7, 2001:db8:b::1001,2001:db8:b::53,2001:db8:f::1,home.example");
    }

    @Test
    void staysIfTheUserWantsIt() {
      LiveService unmoved = web.annotated(ServiceAnnotations.MOVE_DNS_TARGET, "false");

      LiveService released = moved(FROM_A_TO_B, moved(FROM_A_TO_B, unmoved).served());

      assertThat(released.annotations()).isEqualTo(unmoved.annotations());
    }

    @Test
    void movesAloneWhereTheServiceIsThereAlready() {
      HandoverPlan plan = plan(FROM_A_TO_B, web.given("192.0.2.11", "2001:db8:b::1001"));

      assertThat(plan.patches()).singleElement().returns(Kind.DNS, ServicePatch::kind);
    }
  }

  @Nested
  class OnAMetalLbThatHasTakenUpTheNewRange {
    private final HandoverGoal goal =
        new HandoverGoal(POOL, B, List.of(A), List.of(), Uptake.DONE, PATIENCE, BEGUN, BEGUN);
    private final LiveService web = LiveService.at("web", "192.0.2.11", "2001:db8:a::1001");
    private final LiveService other = LiveService.at("other", "192.0.2.12", "2001:db8:a::1002");

    @Test
    void nobodyGoesAhead() {
      assertThat(plan(goal, web, other).moving()).hasSize(2);
    }

    @Test
    void theAnnotationIsTheOneThatIsNotDeprecated() {
      LiveService asked = moved(goal, web);

      assertThat(asked.annotations())
          .containsOnlyKeys(ServiceAnnotations.NEWER_PIN, ServiceAnnotations.RECORD)
          .containsEntry(ServiceAnnotations.NEWER_PIN, "192.0.2.11,2001:db8:b::1001");
      assertThat(moved(goal, asked.served()).annotations()).isEmpty();
    }

    @Test
    void aPinOfTheUsersKeepsItsKey() {
      for (String key : ServiceAnnotations.PINS) {
        LiveService pinned = web.annotated(key, "192.0.2.11,2001:db8:a::1001");

        LiveService released = moved(goal, moved(goal, pinned).served());

        assertThat(released.annotations())
            .containsOnlyKeys(key)
            .containsEntry(key, "192.0.2.11,2001:db8:b::1001");
      }
    }

    @Test
    void whatWasBegunByTheOtherKeyIsFinishedAndLeavesNoTrace() {
      LiveService askedByOld = moved(FROM_A_TO_B, web);
      assertThat(askedByOld.annotations()).containsKey(ServiceAnnotations.PIN);
      LiveService askedByNew = moved(goal, web);

      assertThat(moved(goal, askedByOld.served()).annotations()).isEmpty();
      assertThat(moved(FROM_A_TO_B, askedByNew.served()).annotations()).isEmpty();
    }

    @Test
    void whatVersion100BeganIsFinishedAndLeavesNoTrace() {
      LiveService asked =
          LiveService.at("web", "192.0.2.11", "2001:db8:b::1001")
              .annotated(ServiceAnnotations.PIN, "192.0.2.11,2001:db8:b::1001")
              .annotated(
                  ServiceAnnotations.RECORD,
                  "moving; to=192.0.2.11,2001:db8:b::1001; from=192.0.2.11,2001:db8:a::1001;"
                      + " pin=ours; since=2026-11-22T19:59:00Z");

      assertThat(moved(goal, asked).annotations()).isEmpty();
    }
  }

  @Nested
  class ARecord {
    private static final String BY_ANOTHER =
        "moving; pool=metallb-system/other; to=192.0.2.11,2001:db8:c::1001;"
            + " from=192.0.2.11,2001:db8:a::1001; pin=metallb.io/loadBalancerIPs;"
            + " since=2026-11-22T19:59:00Z";

    @Test
    void namesThePool() {
      LiveService asked =
          moved(FROM_A_TO_B, LiveService.at("web", "192.0.2.11", "2001:db8:a::1001"));

      assertThat(asked.annotations().get(ServiceAnnotations.RECORD))
          .contains("pool=" + POOL.name() + ";");
    }

    @Test
    void ofAnotherPoolIsLeftAloneWhereverTheServiceIs() {
      for (String stage : List.of("moving", "returning", "given-up")) {
        for (String at : List.of("2001:db8:a::1001", "2001:db8:b::1001", "2001:db8:c::1001")) {
          LiveService moving =
              LiveService.at("web", "192.0.2.11", at)
                  .annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.11,2001:db8:c::1001")
                  .annotated(ServiceAnnotations.RECORD, BY_ANOTHER.replace("moving", stage));

          HandoverPlan plan = planWithSettled(FROM_A_TO_B, moving);

          assertThat(plan.patches()).isEmpty();
          assertThat(plan.isSettled()).isTrue();
        }
      }
    }

    @Test
    void withoutAPoolBelongsToThePoolThatHasOneOfItsAddresses() {
      String unnamed = BY_ANOTHER.replace("pool=metallb-system/other; ", "");
      LiveService moving =
          LiveService.at("web", "192.0.2.11", "2001:db8:a::1001")
              .annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.11,2001:db8:c::1001")
              .annotated(ServiceAnnotations.RECORD, unnamed);

      assertThat(planWithSettled(FROM_A_TO_B, moving).patches()).hasSize(1);
      assertThat(planWithSettled(goal(range("2001:db8:e"), range("2001:db8:d")), moving).patches())
          .isEmpty();
    }

    @Test
    void thatTheProgramCannotHaveWrittenIsNone() {
      for (String text :
          List.of(
              "hello",
              "moving; to=x; from=y; since=2026-11-22T19:59:00Z",
              "moving; to=2001:db8:b::1; from=2001:db8:b::1; since=2026-11-22T19:59:00Z",
              "moving; to=2001:db8:b::1; from=2001:db8:a::1; since=yesterday")) {
        LiveService settled =
            LiveService.at("web", "192.0.2.11", "2001:db8:b::1001")
                .annotated(ServiceAnnotations.RECORD, text);
        assertThat(plan(goal(B), settled).patches()).as(text).isEmpty();

        LiveService old =
            LiveService.at("web", "192.0.2.11", "2001:db8:a::1001")
                .annotated(ServiceAnnotations.RECORD, text);
        assertThat(moved(FROM_A_TO_B, moved(FROM_A_TO_B, old).served()).annotations()).isEmpty();
      }
    }
  }
}
