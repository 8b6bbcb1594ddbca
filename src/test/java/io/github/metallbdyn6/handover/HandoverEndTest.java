package io.github.metallbdyn6.handover;

import static io.github.metallbdyn6.handover.HandoverGoals.A;
import static io.github.metallbdyn6.handover.HandoverGoals.B;
import static io.github.metallbdyn6.handover.HandoverGoals.NOW;
import static io.github.metallbdyn6.handover.HandoverGoals.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandoverEndTest {
  private static final String[] OLD = {"192.0.2.11", "2001:db8:a::1001"};
  private static final String[] NEW = {"192.0.2.11", "2001:db8:b::1001"};
  private static final String FROM = String.join(",", OLD);
  private static final String TO = String.join(",", NEW);
  private static final String PIN = ServiceAnnotations.NEWER_PIN;
  private static final String RECORD = ServiceAnnotations.RECORD;
  private static final Instant LATER = NOW.plus(PATIENCE);
  private static final HandoverEnd END =
      new HandoverEnd("metallb-system/public", List.of(A, B), PATIENCE);

  private static LiveService at(Stage stage, Optional<String> ownPin, String... ingress) {
    return LiveService.at("web", ingress)
        .annotated(RECORD, HandoverGoals.record(stage, TO, FROM, ownPin, 0).toString())
        .annotated(PIN, TO);
  }

  private static LiveService moving(String... ingress) {
    return at(Stage.MOVING, Optional.of(PIN), ingress);
  }

  private static LiveService after(LiveService service, Instant now) {
    List<ServicePatch> patches = END.plan(List.of(service.state()), now).patches();
    assertThat(patches).hasSize(1);
    return service.patched(patches.get(0));
  }

  private static void assertUntouched(LiveService service, Instant now) {
    assertThat(END.plan(List.of(service.state()), now).patches()).isEmpty();
  }

  @Test
  void aServiceThatHasArrivedStays() {
    assertThat(after(moving(NEW), NOW).annotations()).isEmpty();
  }

  @Test
  void metalLbGetsItsTime() {
    assertUntouched(moving(OLD), NOW);
    assertThat(END.plan(List.of(moving(OLD).state()), NOW).unfinished()).hasSize(1);
  }

  @Test
  void aServiceThatHasNotMovedByThenGoesBack() {
    assertThat(after(moving(OLD), LATER).annotations()).isEmpty();
  }

  @Test
  void thePinOfTheUserGoesBackWithIt() {
    assertThat(after(at(Stage.MOVING, Optional.empty(), OLD), LATER).annotations())
        .containsOnlyKeys(PIN)
        .containsEntry(PIN, FROM);
  }

  @Test
  void thePinOfTheUserStaysWhereTheServiceIs() {
    assertThat(after(at(Stage.MOVING, Optional.empty(), NEW), NOW).annotations())
        .containsOnlyKeys(PIN)
        .containsEntry(PIN, TO);
  }

  /** MetalLB gives its old addresses again only if they are requested. */
  @Test
  void aServiceThatMetalLbHasClearedGetsItsAddressesAgain() {
    LiveService back = after(moving(), NOW);

    assertThat(back.annotations()).containsEntry(PIN, FROM);
    assertUntouched(back, NOW);
    assertThat(after(back.served(), NOW).annotations()).isEmpty();
  }

  @Test
  void nothingStaysWhereMetalLbGivesNothing() {
    assertThat(after(at(Stage.RETURNING, Optional.of(PIN)), LATER).annotations()).isEmpty();
  }

  @Test
  void aMoveThatWasGivenUpIsForgotten() {
    assertThat(after(at(Stage.GIVEN_UP, Optional.empty(), OLD), NOW).annotations())
        .containsOnlyKeys(PIN);
  }

  @Test
  void aPinThatTheUserHasChangedIsTheUsers() {
    LiveService changed = moving(OLD).annotated(PIN, "192.0.2.12");

    assertThat(after(changed, NOW).annotations())
        .containsOnlyKeys(PIN)
        .containsEntry(PIN, "192.0.2.12");
  }

  @Test
  void anotherPoolsRecordStays() {
    String theirs = moving(OLD).annotations().getOrDefault(RECORD, "").replace("public", "guest");

    assertUntouched(moving(OLD).annotated(RECORD, theirs), LATER);
    assertUntouched(moving(OLD).annotated(RECORD, "moving; pool=metallb-system/guest; x"), LATER);
  }

  @Test
  void aRecordOfVersion100IsOursByItsAddresses() {
    String old = "moving; to=%s; from=%s; pin=ours; since=%s".formatted(TO, FROM, NOW);
    String elsewhere = old.replace("2001:db8:", "2001:db8:f:");
    LiveService ours =
        LiveService.at("web", NEW).annotated(RECORD, old).annotated(ServiceAnnotations.PIN, TO);

    assertThat(after(ours, NOW).annotations()).isEmpty();
    assertUntouched(ours.annotated(RECORD, elsewhere), LATER);
  }

  @Test
  void aTextThatNobodyCanReadGoes() {
    assertThat(
            after(LiveService.at("web", OLD).annotated(RECORD, "moving; to=x"), NOW).annotations())
        .isEmpty();
    assertUntouched(LiveService.at("web", OLD), NOW);
  }
}
