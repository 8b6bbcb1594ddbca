package io.github.metallbdyn6.metallb;

import static io.github.metallbdyn6.metallb.Pods.CONTROLLER;
import static io.github.metallbdyn6.metallb.Pods.NEW_CONTROLLER;
import static io.github.metallbdyn6.metallb.Pods.NEW_SPEAKER;
import static io.github.metallbdyn6.metallb.Pods.SPEAKER;
import static io.github.metallbdyn6.metallb.Pods.notReady;
import static io.github.metallbdyn6.metallb.Pods.terminating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RestartTest {
  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant SOON = START.plusSeconds(1);
  private static final Instant END = START.plusSeconds(60);

  static Stream<Arguments> podsOnTheirWay() {
    return Stream.of(
        Arguments.of("nothing happened yet", List.of(CONTROLLER, SPEAKER)),
        Arguments.of("old pods terminate", List.of(terminating(CONTROLLER), terminating(SPEAKER))),
        Arguments.of(
            "an old pod is still there",
            List.of(NEW_CONTROLLER, NEW_SPEAKER, terminating(SPEAKER))),
        Arguments.of("no pod at all", List.of()),
        Arguments.of("a new pod is not Ready", List.of(NEW_CONTROLLER, notReady(NEW_SPEAKER))),
        Arguments.of("a new pod terminates", List.of(NEW_CONTROLLER, terminating(NEW_SPEAKER))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("podsOnTheirWay")
  void goesOnUntilOldPodsAreGoneAndAsManyNewOnesAreReady(String situation, List<MetalLbPod> pods) {
    assertThat(begun().look(pods, SOON).isUnfinished()).as(situation).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("podsOnTheirWay")
  void failsAtTheDeadlineIfItIsNotDone(String situation, List<MetalLbPod> pods) {
    assertThatExceptionOfType(RestartFailed.class)
        .as(situation)
        .isThrownBy(() -> begun().look(pods, END))
        .withMessageStartingWith("MetalLB is not back: ");
  }

  @Test
  void saysAtTheDeadlineWhatIsMissing() {
    assertThatExceptionOfType(RestartFailed.class)
        .isThrownBy(
            () -> begun().look(List.of(terminating(SPEAKER), notReady(NEW_CONTROLLER)), END))
        .withMessage(
            "MetalLB is not back: 1 of 2 old pods are still there, 1 of 2 are Ready: [speaker, new-controller]");
  }

  @Test
  void isDoneWhenAsManyNewPodsAreReady() {
    Restart done = begun().look(List.of(NEW_CONTROLLER, NEW_SPEAKER), SOON);

    assertThat(done.isUnfinished()).isFalse();
    assertThat(done.isDeletionNeeded()).isFalse();
    assertThat(done.isShrunk()).isFalse();
  }

  @Test
  void isDoneWithMorePodsThanBefore() {
    MetalLbPod onANewNode = Pods.ready("speaker-on-a-new-node", "v0.13.12");

    Restart done = begun().look(List.of(NEW_CONTROLLER, NEW_SPEAKER, onANewNode), SOON);

    assertThat(done.isUnfinished()).isFalse();
    assertThat(done.isShrunk()).isFalse();
  }

  @Test
  void waitsForAsManyPodsAsThereWere() {
    assertThat(begun().look(List.of(NEW_CONTROLLER), SOON).isUnfinished()).isTrue();
  }

  @Test
  void isDoneWithFewerPodsAtTheDeadlineIfAllAreReady() {
    Restart done = begun().look(List.of(NEW_CONTROLLER), SOON).look(List.of(NEW_CONTROLLER), END);

    assertThat(done.isUnfinished()).isFalse();
    assertThat(done.isShrunk()).isTrue();
  }

  @Test
  void isDoneAtTheDeadlineWithAllPods() {
    assertThat(begun().look(List.of(NEW_CONTROLLER, NEW_SPEAKER), END).isUnfinished()).isFalse();
  }

  @Test
  void deletesOnlyOldPodsThatDoNotGoYet() {
    assertThat(begun().look(List.of(terminating(CONTROLLER), SPEAKER), SOON).isDeletionNeeded())
        .isTrue();
    assertThat(begun().look(List.of(terminating(CONTROLLER), NEW_SPEAKER), SOON).isDeletionNeeded())
        .isFalse();
  }

  @Test
  void showsPodsWithTheirVersions() {
    assertThat(CONTROLLER).hasToString("controller (0.13)");
    assertThat(Pods.ready("speaker", "main")).hasToString("speaker (version unknown)");
  }

  private static Restart begun() {
    return new Restart(
        Set.of(CONTROLLER.uid(), SPEAKER.uid()),
        2,
        List.of(CONTROLLER, SPEAKER),
        START,
        START,
        END);
  }
}
