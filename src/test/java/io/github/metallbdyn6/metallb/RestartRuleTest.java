package io.github.metallbdyn6.metallb;

import static io.github.metallbdyn6.metallb.Pods.CONTROLLER;
import static io.github.metallbdyn6.metallb.Pods.NEW_CONTROLLER;
import static io.github.metallbdyn6.metallb.Pods.NEW_SPEAKER;
import static io.github.metallbdyn6.metallb.Pods.SPEAKER;
import static io.github.metallbdyn6.metallb.Pods.notReady;
import static io.github.metallbdyn6.metallb.Pods.ready;
import static io.github.metallbdyn6.metallb.Pods.terminating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestartRuleTest {
  private static final String MARK = CONTROLLER.uid() + "," + SPEAKER.uid();

  private static final Date NOW = Date.from(Instant.parse("2026-11-22T12:00:00Z"));
  private static final RestartRule AUTO = RestartRule.of("auto", "app=metallb", 60);
  private static final RestartRule ALWAYS = RestartRule.of("always", "app=metallb", 60);
  private static final RestartRule NEVER = RestartRule.of("never", "app=metallb", 60);

  @ParameterizedTest
  @EnumSource
  void knowsEveryModeByItsText(RestartMode mode) {
    assertThat(RestartMode.parse(mode.toString())).isEqualTo(mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AUTO", "Auto", " auto", "yes", "true", "sometimes"})
  void knowsNoOtherMode(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RestartRule.of(text, "app=metallb", 60))
        .withMessage("not one of auto, always, never");
  }

  @ParameterizedTest
  @CsvSource({
    "v0.14.0, v0.14.0, false",
    "v0.14.8, v0.15.2, false",
    "v1.0.0,  v0.14.0, false",
    "v0.13.9, v0.13.9, true",
    "v0.14.8, v0.13.9, true",
    "v0.13.9, v0.14.8, true",
    "v0.14.8, main,    true",
    "latest,  v0.14.8, true",
    "main,    main,    true"
  })
  void autoSparesOnlyPodsThatAreAllKnownToBe014OrLater(
      String controller, String speaker, boolean marked) {
    List<MetalLbPod> pods = List.of(ready("controller", controller), ready("speaker", speaker));

    assertThat(AUTO.markFor(pods).isPresent()).isEqualTo(marked);
  }

  @Test
  void marksTheIdentitiesOfThePods() {
    assertThat(AUTO.markFor(List.of(CONTROLLER, SPEAKER))).contains(MARK);
  }

  @Test
  void marksAllWherePodsAreNotFound() {
    assertThat(AUTO.markFor(List.of())).contains("all");
    assertThat(ALWAYS.markFor(List.of())).contains("all");
  }

  @Test
  void alwaysMarksAndNeverDoesNot() {
    MetalLbPod recent = ready("controller", "v0.14.8");

    assertThat(ALWAYS.markFor(List.of(recent))).contains(recent.uid());
    assertThat(NEVER.markFor(List.of(CONTROLLER))).isEmpty();
    assertThat(NEVER.markFor(List.of())).isEmpty();
  }

  @Test
  void beginsWithThePodsThatAreMarked() {
    Restart reload = AUTO.begin(MARK, List.of(CONTROLLER, SPEAKER), NOW);

    assertThat(reload.owed()).containsExactlyInAnyOrder(CONTROLLER.uid(), SPEAKER.uid());
    assertThat(reload.expected()).isEqualTo(2);
    assertThat(reload.isDeletionNeeded()).isTrue();
    assertThat(reload.isUnfinished()).isTrue();
    assertThat(reload.deadline()).isEqualTo(NOW.toInstant().plusSeconds(60));
  }

  @Test
  void deletesNothingTwiceWhenItResumes() {
    Restart whileTheyGo =
        AUTO.begin(
            MARK, List.of(terminating(CONTROLLER), terminating(SPEAKER), NEW_CONTROLLER), NOW);
    Restart whenTheyAreGone = AUTO.begin(MARK, List.of(NEW_CONTROLLER, notReady(NEW_SPEAKER)), NOW);
    Restart beforeTheNewOnesCome = AUTO.begin(MARK, List.of(), NOW);

    assertThat(List.of(whileTheyGo, whenTheyAreGone, beforeTheNewOnesCome))
        .noneMatch(Restart::isDeletionNeeded)
        .allMatch(Restart::isUnfinished);
  }

  @Test
  void deletesTheRestWhenItResumesHalfway() {
    assertThat(AUTO.begin(MARK, List.of(NEW_CONTROLLER, SPEAKER), NOW).isDeletionNeeded()).isTrue();
  }

  @Test
  void isDoneAtOnceWhenTheDeletedPodsAreBack() {
    Restart reload = AUTO.begin(MARK, List.of(NEW_CONTROLLER, NEW_SPEAKER), NOW);

    assertThat(reload.isDeletionNeeded()).isFalse();
    assertThat(reload.isUnfinished()).isFalse();
    assertThat(reload.isShrunk()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"all", "", ",", ",,", " ", "true", "2026-11-22T00:00:00Z", "uid-1,uid-2"})
  void takesAnyOtherMarkForAllPods(String mark) {
    Restart reload = AUTO.begin(mark, List.of(CONTROLLER, SPEAKER), NOW);

    assertThat(reload.owed()).containsExactlyInAnyOrder(CONTROLLER.uid(), SPEAKER.uid());
    assertThat(reload.expected()).isEqualTo(2);
    assertThat(reload.isDeletionNeeded()).isTrue();
  }

  @Test
  void takesAMarkThatIsOnlyPartlyReadableForAllPods() {
    assertThat(AUTO.begin(CONTROLLER.uid() + ",junk", List.of(NEW_CONTROLLER, SPEAKER), NOW).owed())
        .containsExactlyInAnyOrder(NEW_CONTROLLER.uid(), SPEAKER.uid());
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "always"})
  void failsWhereTheSelectorMatchesNothing(String mode) {
    RestartRule rule = RestartRule.of(mode, "app=metalb", 60);

    assertThatExceptionOfType(RestartFailed.class)
        .isThrownBy(() -> rule.begin("all", List.of(), NOW))
        .withMessageContaining("METALLB_DYN6_METALLB_LABEL_SELECTOR=app=metalb")
        .withMessageContaining("not restarted")
        .withMessageContaining("app.kubernetes.io/name=metallb,app.kubernetes.io/instance=")
        .withMessageEndingWith("app=metallb");
  }

  @Test
  void hasNothingToDoForAMarkWhereNothingNeedsARestartAnyMore() {
    List<MetalLbPod> upgraded =
        List.of(ready("controller", "v0.14.8"), notReady(ready("speaker", "v0.14.8")));

    assertThat(List.of(AUTO.begin(MARK, upgraded, NOW), AUTO.begin("all", upgraded, NOW)))
        .noneMatch(Restart::isDeletionNeeded)
        .noneMatch(Restart::isUnfinished)
        .noneMatch(Restart::isShrunk);
  }

  @Test
  void hasNothingToDoForAMarkWhereNothingIsEverRestarted() {
    assertThat(
            List.of(
                NEVER.begin(MARK, List.of(CONTROLLER, notReady(SPEAKER)), NOW),
                NEVER.begin("all", List.of(terminating(CONTROLLER)), NOW),
                NEVER.begin("all", List.of(), NOW)))
        .noneMatch(Restart::isDeletionNeeded)
        .noneMatch(Restart::isUnfinished)
        .noneMatch(Restart::isShrunk);
  }

  @Test
  void looksAgain() {
    Restart begun = AUTO.begin(MARK, List.of(CONTROLLER, SPEAKER), NOW);

    assertThat(AUTO.look(begun, List.of(NEW_CONTROLLER, NEW_SPEAKER), NOW))
        .returns(begun.deadline(), Restart::deadline)
        .returns(false, Restart::isUnfinished);
  }
}
