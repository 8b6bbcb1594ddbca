package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RemoteCall;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real jar is killed with SIGKILL in the middle of each remote call: once before the server has
 * acted on it, once after. Started again, it makes the change good, and MetalLB is restarted after
 * the patch.
 */
class KillIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @TempDir Path folder;

  static Stream<Arguments> instants() {
    return Stream.of(RemoteCall.values())
        .flatMap(
            call ->
                Stream.of(Arguments.of(call, Fault.TIMEOUT), Arguments.of(call, Fault.SLOW_DRIP)));
  }

  /** A call without an answer has not been acted on; a dripping answer means that it has. */
  @ParameterizedTest(name = "in the middle of {0}, {1}")
  @MethodSource("instants")
  void makesTheChangeGoodAfterItWasKilled(RemoteCall call, Fault pause) throws Exception {
    try (Home home = new Home()) {
      home.strike(call, pause);
      try (ProgramProcess victim = ProgramProcess.start(environment(home))) {
        await().atMost(PATIENCE).until(home::isStruck);
        awaitActed(home, call, pause);
        victim.kill();
        assertThat(victim.exitStatus()).isEqualTo(128 + 9);
      }
      home.heal();
      try (ProgramProcess successor = ProgramProcess.start(environment(home))) {
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
      }
      home.assertForeignEntriesUntouched();
    }
  }

  private static void awaitActed(Home home, RemoteCall call, Fault pause) {
    if (pause == Fault.SLOW_DRIP && call != RemoteCall.ASK_SOURCE) {
      int calls = home.cluster().api().calls().size();
      await().atMost(PATIENCE).until(() -> home.cluster().api().acted().size() >= calls);
    }
  }

  private Map<String, String> environment(Home home) {
    Map<String, String> environment =
        new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
    environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
    return environment;
  }
}
