package io.github.metallbdyn6.handover;

import static io.github.metallbdyn6.handover.HandoverGoals.A;
import static io.github.metallbdyn6.handover.HandoverGoals.B;
import static io.github.metallbdyn6.handover.HandoverGoals.C;
import static io.github.metallbdyn6.handover.HandoverGoals.address;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.ServicePatch.Kind;
import io.github.metallbdyn6.pool.Uptake;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewMoveTest {
  private static final HandoverGoal GOAL = HandoverGoals.to(B, Uptake.DONE, A);

  private final LiveService web = LiveService.at("web", "192.0.2.11", "2001:db8:a::1001");

  private static NewMove mover(HandoverGoal goal, LiveService... services) {
    return new NewMove(
        goal, AddressClaims.of(goal, Stream.of(services).map(LiveService::state).toList()));
  }

  private static Step step(HandoverGoal goal, LiveService service) {
    return mover(goal, service).stepFor(service.state());
  }

  private static Map<String, String> annotationsAfter(Step step) {
    return step.patch().orElseThrow().annotations();
  }

  private static HandoverRecord recordIn(Step step) {
    return HandoverRecord.parse(annotationsAfter(step).getOrDefault(ServiceAnnotations.RECORD, ""))
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "SILENT," + ServiceAnnotations.PIN,
    "PENDING," + ServiceAnnotations.NEWER_PIN,
    "UNCERTAIN," + ServiceAnnotations.NEWER_PIN,
    "DONE," + ServiceAnnotations.NEWER_PIN
  })
  void requestsByTheKeyThatThisMetalLbReadsWithoutAWarning(Uptake uptake, String key) {
    Step step = step(HandoverGoals.to(B, uptake, A), web);

    assertThat(step.isMove()).isTrue();
    assertThat(annotationsAfter(step))
        .containsOnlyKeys(key, ServiceAnnotations.RECORD)
        .containsEntry(key, "192.0.2.11,2001:db8:b::1001");
    assertThat(recordIn(step).ownPin()).contains(key);
  }

  @Test
  void recordsWhereTheServiceComesFromSoThatItCanBePutBack() {
    HandoverRecord record = recordIn(step(GOAL, web));

    assertThat(record.stage()).isEqualTo(HandoverRecord.Stage.MOVING);
    assertThat(record.pool()).isEqualTo("metallb-system/public");
    assertThat(record.from()).hasToString("192.0.2.11,2001:db8:a::1001");
    assertThat(record.to()).hasToString("192.0.2.11,2001:db8:b::1001");
    assertThat(record.refusals()).isZero();
  }

  @Test
  void keepsCountOfRefusals() {
    Step step =
        mover(GOAL, web)
            .move(web.state(), address("2001:db8:a::1001"), address("2001:db8:b::1001"), 3);

    assertThat(recordIn(step).refusals()).isEqualTo(3);
  }

  @Test
  void recordsNoPinOfItsOwnWhereTheUserHasOne() {
    Step step =
        step(GOAL, web.annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.11, 2001:db8:a::1001"));

    assertThat(annotationsAfter(step))
        .containsEntry(ServiceAnnotations.NEWER_PIN, "192.0.2.11, 2001:db8:b::1001");
    assertThat(recordIn(step).ownPin()).isEmpty();
  }

  @Test
  void leavesAServiceThatRequestsSomethingElseAndNamesWhatDoes() {
    Step byAnnotation = step(GOAL, web.annotated(ServiceAnnotations.NEWER_PIN, "192.0.2.12"));
    Step byField = step(GOAL, web.asking("192.0.2.12"));

    assertThat(byAnnotation.patch()).isEmpty();
    assertThat(byAnnotation.problem())
        .contains(
            "its annotation metallb.io/loadBalancerIPs asks for something else than"
                + " 2001:db8:b::1001");
    assertThat(byField.problem())
        .contains("its spec.loadBalancerIP asks for something else than 2001:db8:b::1001");
  }

  @Test
  void sendsNobodyWhoseTimeIsOver() {
    Step step = step(HandoverGoals.tooLate(B, A), web);

    assertThat(step.patch()).isEmpty();
    assertThat(step.problem()).contains("it has not left 2001:db8:a::1001 in time");
  }

  /** Both come from another old prefix, with one host part. */
  @Test
  void givesTheSameAddressToOneServiceOnly() {
    HandoverGoal goal = HandoverGoals.to(C, Uptake.DONE, B, A);
    LiveService other = LiveService.at("other", "192.0.2.12", "2001:db8:b::1001");
    NewMove mover = mover(goal, web, other);

    assertThat(mover.stepFor(web.state()).isMove()).isTrue();
    Step second = mover.stepFor(other.state());

    assertThat(second.patch()).isEmpty();
    assertThat(second.problem().orElse("")).contains("2001:db8:c::1001 is taken by home/web");
  }

  @Test
  void hasNothingToDoForAServiceThatIsThere() {
    assertThat(step(GOAL, web.given("192.0.2.11", "2001:db8:b::1001"))).isEqualTo(Step.NONE);
    assertThat(step(GOAL, web.given("198.51.100.1", "2001:db8:f::1"))).isEqualTo(Step.NONE);
  }

  @Test
  void movesAServiceWithinTheRangeToItsDeclaredHostPart() {
    LiveService there = web.given("192.0.2.11", "2001:db8:b::1001");

    Step step = step(GOAL, there.annotated(ServiceAnnotations.HOST_PART, "::1025"));

    assertThat(recordIn(step).to()).hasToString("192.0.2.11,2001:db8:b::1025");
    assertThat(recordIn(step).from()).hasToString("192.0.2.11,2001:db8:b::1001");
  }

  @Test
  void movesThePublishedAddressAloneOfAServiceThatIsThere() {
    LiveService there =
        web.given("192.0.2.11", "2001:db8:b::1001")
            .annotated(ServiceAnnotations.NEWER_DNS_TARGET, "2001:db8:a::1001");

    ServicePatch patch = step(GOAL, there).patch().orElseThrow();

    assertThat(patch.kind()).isEqualTo(Kind.DNS);
    assertThat(patch.annotations())
        .isEqualTo(Map.of(ServiceAnnotations.NEWER_DNS_TARGET, "2001:db8:b::1001"));
  }

  @Test
  void saysOfADeclaredHostPartAloneThatItCannotBeHad() {
    LiveService there = web.given("192.0.2.11", "2001:db8:b::1001");
    ServiceState holder = LiveService.at("holder", "2001:db8:b::1025").state();
    LiveService declares = there.annotated(ServiceAnnotations.HOST_PART, "::1025");

    Step step =
        new NewMove(GOAL, AddressClaims.of(GOAL, List.of(declares.state(), holder)))
            .stepFor(declares.state());

    assertThat(step.patch()).isEqualTo(Optional.empty());
    assertThat(step.problem().orElse("")).contains("::1025", "home/holder");
  }

  @Test
  void hasNothingToSayWhereAnotherServiceRequestsWhatThisOneHas() {
    ServiceState there = web.given("192.0.2.11", "2001:db8:b::1001").state();
    ServiceState other =
        LiveService.at("other").annotated(ServiceAnnotations.NEWER_PIN, "2001:db8:b::1001").state();

    Step step = new NewMove(GOAL, AddressClaims.of(GOAL, List.of(there, other))).stepFor(there);

    assertThat(step).isEqualTo(Step.NONE);
  }
}
