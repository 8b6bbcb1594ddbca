package io.github.metallbdyn6.metallb;

import static io.github.metallbdyn6.metallb.Pods.CONTROLLER;
import static io.github.metallbdyn6.metallb.Pods.NEW_CONTROLLER;
import static io.github.metallbdyn6.metallb.Pods.NEW_SPEAKER;
import static io.github.metallbdyn6.metallb.Pods.SPEAKER;
import static io.github.metallbdyn6.metallb.Pods.notReady;
import static io.github.metallbdyn6.metallb.Pods.terminating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReloadTest {

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
    assertThat(begun(10).look(pods).isUnfinished()).as(situation).isTrue();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("podsOnTheirWay")
  void failsAtTheLastLookIfItIsNotDone(String situation, List<MetalLbPod> pods) {
    assertThatExceptionOfType(ReloadException.class)
        .as(situation)
        .isThrownBy(() -> begun(1).look(pods))
        .withMessageStartingWith("MetalLB is not back: ");
  }

  @Test
  void saysAtTheLastLookWhatIsMissing() {
    assertThatExceptionOfType(ReloadException.class)
        .isThrownBy(() -> begun(1).look(List.of(terminating(SPEAKER), notReady(NEW_CONTROLLER))))
        .withMessage(
            "MetalLB is not back: 1 of 2 old pods are still there, 1 of 2 are Ready: [speaker, new-controller]");
  }

  @Test
  void isDoneWhenAsManyNewPodsAreReady() {
    Reload done = begun(10).look(List.of(NEW_CONTROLLER, NEW_SPEAKER));

    assertThat(done.isUnfinished()).isFalse();
    assertThat(done.isDeletionNeeded()).isFalse();
    assertThat(done.isShrunk()).isFalse();
  }

  @Test
  void isDoneWithMorePodsThanBefore() {
    MetalLbPod onANewNode = Pods.ready("speaker-on-a-new-node", "v0.13.12");

    Reload done = begun(10).look(List.of(NEW_CONTROLLER, NEW_SPEAKER, onANewNode));

    assertThat(done.isUnfinished()).isFalse();
    assertThat(done.isShrunk()).isFalse();
  }

  @Test
  void waitsForAsManyPodsAsThereWere() {
    assertThat(begun(2).look(List.of(NEW_CONTROLLER)).isUnfinished()).isTrue();
  }

  @Test
  void isDoneWithFewerPodsAtTheLastLookIfAllAreReady() {
    Reload done = begun(2).look(List.of(NEW_CONTROLLER)).look(List.of(NEW_CONTROLLER));

    assertThat(done.isUnfinished()).isFalse();
    assertThat(done.isShrunk()).isTrue();
  }

  @Test
  void isDoneAtTheLastLookWithAllPods() {
    assertThat(begun(1).look(List.of(NEW_CONTROLLER, NEW_SPEAKER)).isUnfinished()).isFalse();
  }

  @Test
  void deletesOnlyOldPodsThatDoNotGoYet() {
    assertThat(begun(10).look(List.of(terminating(CONTROLLER), SPEAKER)).isDeletionNeeded())
        .isTrue();
    assertThat(begun(10).look(List.of(terminating(CONTROLLER), NEW_SPEAKER)).isDeletionNeeded())
        .isFalse();
  }

  @Test
  void countsItsLooksDown() {
    assertThat(begun(10).look(List.of()).look(List.of()).looksLeft()).isEqualTo(8);
  }

  @Test
  void showsPodsWithTheirVersions() {
    assertThat(CONTROLLER).hasToString("controller (0.13)");
    assertThat(Pods.ready("speaker", "main")).hasToString("speaker (version unknown)");
  }

  private static Reload begun(int looks) {
    return new Reload(
        Set.of(CONTROLLER.uid(), SPEAKER.uid()), 2, List.of(CONTROLLER, SPEAKER), looks);
  }
}
