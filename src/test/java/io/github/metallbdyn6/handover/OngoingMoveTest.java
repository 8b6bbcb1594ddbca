package io.github.metallbdyn6.handover;

import static io.github.metallbdyn6.handover.HandoverGoals.A;
import static io.github.metallbdyn6.handover.HandoverGoals.B;
import static io.github.metallbdyn6.handover.HandoverGoals.C;
import static io.github.metallbdyn6.handover.HandoverGoals.NOW;
import static io.github.metallbdyn6.handover.HandoverGoals.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.pool.Uptake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OngoingMoveTest {
  private static final String[] OLD = {"192.0.2.11", "2001:db8:a::1001"};
  private static final String[] NEW = {"192.0.2.11", "2001:db8:b::1001"};
  private static final String FROM = String.join(",", OLD);
  private static final String TO = String.join(",", NEW);
  private static final String KEY = ServiceAnnotations.NEWER_PIN;
  private static final HandoverGoal GOAL = HandoverGoals.to(B, Uptake.DONE, A);

  private static HandoverRecord at(Stage stage, int refusals) {
    return HandoverGoals.record(stage, TO, FROM, Optional.of(KEY), refusals);
  }

  private static LiveService with(HandoverRecord record, String pin, String... ingress) {
    LiveService web =
        LiveService.at("web", ingress).annotated(ServiceAnnotations.RECORD, record.toString());
    return pin.isEmpty() ? web : web.annotated(KEY, pin);
  }

  private static Step step(HandoverGoal goal, LiveService service, LiveService... others) {
    List<ServiceState> all =
        Stream.concat(Stream.of(service), Stream.of(others)).map(LiveService::state).toList();
    AddressClaims claims = AddressClaims.of(goal, all);
    HandoverRecord record =
        HandoverRecord.parse(service.annotations().getOrDefault(ServiceAnnotations.RECORD, ""))
            .orElseThrow();
    return new OngoingMove(goal, claims, new NewMove(goal, claims))
        .stepFor(service.state(), record);
  }

  private static ServicePatch patch(Step step, Kind kind) {
    ServicePatch patch = step.patch().orElseThrow();
    assertThat(patch.kind()).isEqualTo(kind);
    return patch;
  }

  private static HandoverRecord recordIn(ServicePatch patch) {
    return HandoverRecord.parse(patch.annotations().getOrDefault(ServiceAnnotations.RECORD, ""))
        .orElseThrow();
  }

  /** Effect of a patch that leaves nothing of the program's. */
  private static Map<String, String> gone(String... keys) {
    Map<String, String> annotations = new HashMap<>();
    Stream.of(keys).forEach(key -> annotations.put(key, null));
    return annotations;
  }

  @Nested
  class AServiceThatMoves {
    private final HandoverRecord moving = at(Stage.MOVING, 0);

    @Test
    void isWaitedFor() {
      assertThat(step(GOAL, with(moving, TO, OLD))).isEqualTo(Step.WAIT);
      assertThat(step(GOAL, with(moving, TO, "192.0.2.11"))).isEqualTo(Step.WAIT);
    }

    @Test
    void isReleasedWhenItHasBothAddressesInWhateverOrder() {
      Step step = step(GOAL, with(moving, TO, "2001:db8:b::1001", "192.0.2.11"));

      assertThat(patch(step, Kind.RELEASE).annotations())
          .isEqualTo(gone(KEY, ServiceAnnotations.RECORD));
    }

    @Test
    void isLeftToTheUserWhoRequestsSomethingElseMeanwhile() {
      Step step = step(GOAL, with(moving, "192.0.2.30,2001:db8:b::1700", OLD));

      assertThat(patch(step, Kind.RELEASE).annotations())
          .isEqualTo(gone(ServiceAnnotations.RECORD));
    }

    @Test
    void isPutBackAtOnceWhenMetalLbClearsIt() {
      ServicePatch back = patch(step(GOAL, with(moving, TO)), Kind.RETURN);

      assertThat(back.annotations()).containsEntry(KEY, FROM);
      assertThat(recordIn(back).stage()).isEqualTo(Stage.RETURNING);
      assertThat(recordIn(back).refusals()).isEqualTo(1);
    }

    @Test
    void keepsItsAddressesAndLosesTheRequestWhenMetalLbIsSilentForLong() {
      HandoverGoal late = GOAL.at(NOW.plus(PATIENCE));

      ServicePatch back = patch(step(late, with(moving, TO, OLD)), Kind.RETURN);

      assertThat(back.annotations()).containsKey(KEY).containsEntry(KEY, null);
      assertThat(recordIn(back).stage()).isEqualTo(Stage.GIVEN_UP);
      assertThat(recordIn(back).refusals()).as("it was no refusal").isZero();
    }

    @Test
    void isReleasedWhenItsOldRangeGoesWithoutIt() {
      Step step = step(HandoverGoals.tooLate(B, A), with(moving, TO, OLD));

      assertThat(patch(step, Kind.RELEASE).annotations())
          .isEqualTo(gone(KEY, ServiceAnnotations.RECORD));
    }

    @Test
    void goesOnToTheNextPrefixFromWhereItIs() {
      HandoverGoal next = HandoverGoals.to(C, Uptake.DONE, A, B);

      ServicePatch on = patch(step(next, with(moving, TO, OLD)), Kind.MOVE);

      assertThat(on.annotations()).containsEntry(KEY, "192.0.2.11,2001:db8:c::1001");
      assertThat(recordIn(on).from()).hasToString(FROM);
    }

    /** It would be put back there if the next prefix is refused, too. */
    @Test
    void goesOnFromWhereItWasWhenMetalLbHasJustClearedIt() {
      HandoverGoal next = HandoverGoals.to(C, Uptake.DONE, A, B);

      ServicePatch on = patch(step(next, with(moving, TO)), Kind.MOVE);

      assertThat(recordIn(on).from()).hasToString(FROM);
      assertThat(recordIn(on).to()).hasToString("192.0.2.11,2001:db8:c::1001");
    }

    @Test
    void staysWhereItIsWhenTheNextAddressIsTaken() {
      LiveService holder = LiveService.at("holder", "192.0.2.12", "2001:db8:c::1001");

      Step step = step(HandoverGoals.to(C, Uptake.DONE, A, B), with(moving, TO, OLD), holder);

      assertThat(step.patch()).isEmpty();
      assertThat(step.problem().orElse("")).contains("home/holder");
    }
  }

  @Nested
  class AServiceThatIsPutBack {
    private final HandoverRecord returning = at(Stage.RETURNING, 1);

    @Test
    void isWaitedFor() {
      assertThat(step(GOAL, with(returning, FROM))).isEqualTo(Step.WAIT);
    }

    @Test
    void keepsTheRecordAloneWhenItIsBackOrWhenThatTakesTooLong() {
      for (Step step :
          List.of(
              step(GOAL, with(returning, FROM, OLD)),
              step(GOAL.at(NOW.plus(PATIENCE)), with(returning, FROM)))) {
        ServicePatch patch = patch(step, Kind.RETURN);
        assertThat(patch.annotations()).containsKey(KEY).containsEntry(KEY, null);
        assertThat(recordIn(patch).stage()).isEqualTo(Stage.GIVEN_UP);
        assertThat(recordIn(patch).refusals()).isEqualTo(1);
      }
    }

    @Test
    void isReleasedWhenThereIsNothingToGoBackTo() {
      Step step = step(HandoverGoals.tooLate(B, A), with(returning, FROM));

      assertThat(patch(step, Kind.RELEASE).annotations())
          .isEqualTo(gone(KEY, ServiceAnnotations.RECORD));
    }
  }

  @Nested
  class AServiceThatWasGivenUp {
    private final HandoverRecord givenUp = at(Stage.GIVEN_UP, 2);
    private final LiveService web = with(givenUp, "", OLD);

    @Test
    void triesAgainAfterAPauseAndRemembersTheRefusals() {
      Step early = step(GOAL.at(givenUp.retryAt().minusMillis(1)), web);
      assertThat(early.patch()).isEmpty();
      assertThat(early.passing()).isTrue();
      assertThat(early.problem()).contains("MetalLB did not give it 2001:db8:b::1001");

      ServicePatch again = patch(step(GOAL.at(givenUp.retryAt()), web), Kind.MOVE);
      assertThat(again.annotations()).containsEntry(KEY, TO);
      assertThat(recordIn(again).refusals()).isEqualTo(2);
    }

    @Test
    void goesToAnotherAddressAtOnceAsIfNothingHadBeenRefused() {
      ServicePatch next = patch(step(HandoverGoals.to(C, Uptake.DONE, A, B), web), Kind.MOVE);

      assertThat(next.annotations()).containsEntry(KEY, "192.0.2.11,2001:db8:c::1001");
      assertThat(recordIn(next).refusals()).isZero();
    }

    @Test
    void staysWhileAnotherServiceHasTheAddress() {
      HandoverGoal later = GOAL.at(givenUp.retryAt());
      LiveService holder = LiveService.at("holder", "192.0.2.12", "2001:db8:b::1001");

      Step step = step(later, web, holder);

      assertThat(step.patch()).isEmpty();
      assertThat(step.passing()).as("it passes by a change of the other service").isFalse();
      assertThat(step.problem().orElse("")).contains("home/holder");
    }

    @Test
    void isReleasedWhereverItHasGotInAnotherWay() {
      for (LiveService elsewhere :
          List.of(with(givenUp, "", NEW), with(givenUp, "", "192.0.2.11", "2001:db8:f::1"))) {
        assertThat(patch(step(GOAL, elsewhere), Kind.RELEASE).annotations())
            .isEqualTo(gone(ServiceAnnotations.RECORD));
      }
      assertThat(patch(step(HandoverGoals.tooLate(B, A), web), Kind.RELEASE).annotations())
          .isEqualTo(gone(ServiceAnnotations.RECORD));
    }
  }

  @Test
  void publishesTheNewAddressWhenTheServiceHasArrivedAndNoEarlier() {
    String key = ServiceAnnotations.DNS_TARGET;
    HandoverRecord moving = at(Stage.MOVING, 0);

    ServicePatch arrived =
        patch(step(GOAL, with(moving, TO, NEW).annotated(key, "2001:db8:a::1001")), Kind.RELEASE);
    ServicePatch lost =
        patch(
            step(
                HandoverGoals.tooLate(B, A),
                with(moving, TO, OLD).annotated(key, "2001:db8:a::1001")),
            Kind.RELEASE);

    assertThat(arrived.annotations()).containsEntry(key, "2001:db8:b::1001");
    assertThat(lost.annotations()).doesNotContainKey(key);
  }
}
