package io.github.metallbdyn6.flow;

import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.ChangedHome;
import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.HomeCall;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.Transition;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every remote call meets every fault. While it lasts nothing foreign changes, and no service loses
 * its IPv4 address or its host part at any instant; after it is lifted everything is under the new
 * prefix within the next passes. The results are {@code target/fault-matrix.md} and {@code
 * target/handover-fault-matrix.md}.
 */
class FaultMatrixTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than the program's request time-out of a second, so that quick retries fail, too. */
  private static final Duration LASTS = Duration.ofMillis(1500);

  @Test
  void everyCallOfAReplacementSurvivesEveryFault() throws Exception {
    run("fault-matrix.md", Transition.REPLACE, 10);
  }

  @Test
  void everyCallOfAHandoverSurvivesEveryFault() throws Exception {
    run("handover-fault-matrix.md", Transition.HANDOVER, 30);
  }

  private static void run(String report, Transition transition, int reloadTimeout)
      throws Exception {
    Map<String, String> impatient =
        Map.of(
            "METALLB_DYN6_REQUEST_TIMEOUT",
            "1",
            "METALLB_DYN6_RELOAD_TIMEOUT",
            String.valueOf(reloadTimeout));
    FaultMatrix.run(
        Path.of("target", report),
        transition.calls(),
        (call, fault) -> survive(transition, call, fault, impatient));
  }

  private static void survive(
      Transition transition, HomeCall call, Fault fault, Map<String, String> variables)
      throws Exception {
    try (ChangedHome home = transition.home()) {
      home.strike(call, fault);
      Map<String, String> environment = home.environment();
      environment.putAll(variables);
      try (RunningProgram program = RunningProgram.start(home.cluster(), home.isp(), environment)) {
        await().atMost(PATIENCE).until(home::isStruck);
        await().during(LASTS).atMost(PATIENCE).untilAsserted(home::assertForeignEntriesUntouched);
        home.heal();
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
      }
      home.assertForeignEntriesUntouched();
      home.assertNobodyLostAnything();
    }
  }
}
