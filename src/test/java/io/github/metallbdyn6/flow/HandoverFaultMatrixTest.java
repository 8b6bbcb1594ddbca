package io.github.metallbdyn6.flow;

import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.HandoverCall;
import io.github.metallbdyn6.testbed.HandoverHome;
import io.github.metallbdyn6.testbed.MetalLbRelease;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every remote call of a handover meets every fault. At no instant a service loses its IPv4 address
 * or its host part, and after the fault is lifted everything is under the new prefix within the
 * next passes. The result is {@code target/handover-fault-matrix.md}.
 */
class HandoverFaultMatrixTest {
  private static final Path REPORT = Path.of("target", "handover-fault-matrix.md");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than the program's request time-out of a second, so that quick retries fail, too. */
  private static final Duration LASTS = Duration.ofMillis(1500);

  private static final Map<String, String> IMPATIENT =
      Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1", "METALLB_DYN6_RELOAD_TIMEOUT", "30");

  @Test
  void everyCallSurvivesEveryFault() throws Exception {
    FaultMatrix.run(REPORT, HandoverCall.class, HandoverFaultMatrixTest::survive);
  }

  private static void survive(HandoverCall call, Fault fault) throws Exception {
    try (HandoverHome home = new HandoverHome(MetalLbRelease.V0_15_2)) {
      home.strike(call, fault);
      try (RunningProgram program = home.startProgram(IMPATIENT)) {
        await().atMost(PATIENCE).until(home::isStruck);
        await().during(LASTS).atMost(PATIENCE).untilAsserted(home::assertForeignEntriesUntouched);
        home.heal();
        await().atMost(PATIENCE).untilAsserted(home::assertHandedOver);
      }
      home.assertForeignEntriesUntouched();
      home.assertNobodyLostAnything();
    }
  }
}
