package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.ApiProxy;
import io.github.metallbdyn6.testbed.ChangedHome;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.HomeCall;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.Transition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real jar is killed with SIGKILL in the middle of each remote call: once before the server has
 * acted on it, once after. Started again, it goes on where it was and makes the change good, and at
 * no instant a service loses anything.
 */
class KillIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  static Stream<Arguments> instants() {
    return Stream.of(Transition.values())
        .flatMap(
            transition ->
                transition.calls().stream()
                    .flatMap(
                        call ->
                            Stream.of(Fault.TIMEOUT, Fault.SLOW_DRIP)
                                .map(pause -> Arguments.of(transition, call, pause))));
  }

  /** A call without an answer has not been acted on; a dripping answer means that it has. */
  @ParameterizedTest(name = "{0}, in the middle of {1}, {2}")
  @MethodSource("instants")
  void makesTheChangeGoodAfterItWasKilled(Transition transition, HomeCall call, Fault pause)
      throws Exception {
    try (ChangedHome home = transition.home()) {
      Map<String, String> environment = home.environment();
      environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
      home.strike(call, pause);
      try (ProgramProcess victim = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).until(home::isStruck);
        if (pause == Fault.SLOW_DRIP && !call.asksSource()) {
          awaitActed(home.cluster().api());
        }
        victim.kill();
        assertThat(victim.exitStatus()).isEqualTo(128 + 9);
      }
      home.heal();
      try (ProgramProcess successor = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
      }
      home.assertForeignEntriesUntouched();
      home.assertNobodyLostAnything();
    }
  }

  private static void awaitActed(ApiProxy api) {
    long calls = requests(api.calls());
    await().atMost(PATIENCE).until(() -> requests(api.acted()) >= calls);
  }

  /** The answer that some access is not granted is no act, and a watch never ends. */
  private static long requests(List<ApiCall> calls) {
    return calls.stream().filter(it -> !it.isAccessReview() && !it.isWatch()).count();
  }
}
