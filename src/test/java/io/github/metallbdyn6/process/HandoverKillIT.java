package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.HandoverCall;
import io.github.metallbdyn6.testbed.HandoverHome;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.ProgramProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The real jar is killed with SIGKILL in the middle of each remote call of a handover: once before
 * the server has acted on it, once after. Started again, it goes on where it was, and at no instant
 * a service loses anything.
 */
class HandoverKillIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  static Stream<Arguments> instants() {
    return Stream.of(HandoverCall.values())
        .flatMap(
            call ->
                Stream.of(Arguments.of(call, Fault.TIMEOUT), Arguments.of(call, Fault.SLOW_DRIP)));
  }

  /** A call without an answer has not been acted on; a dripping answer means that it has. */
  @ParameterizedTest(name = "in the middle of {0}, {1}")
  @MethodSource("instants")
  void goesOnWhereItWasKilled(HandoverCall call, Fault pause) throws Exception {
    try (HandoverHome home = new HandoverHome(MetalLbRelease.V0_15_2)) {
      Map<String, String> environment = home.environment();
      environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
      home.strike(call, pause);
      try (ProgramProcess victim = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).until(home::isStruck);
        if (pause == Fault.SLOW_DRIP && call != HandoverCall.ASK_SOURCE) {
          home.awaitActedOn(call);
        }
        victim.kill();
        assertThat(victim.exitStatus()).isEqualTo(128 + 9);
      }
      home.heal();
      try (ProgramProcess successor = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).untilAsserted(home::assertHandedOver);
      }
      home.assertForeignEntriesUntouched();
      home.assertNobodyLostAnything();
    }
  }
}
