package io.github.metallbdyn6.flow;

import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.Fault;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.RemoteCall;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every remote call meets every fault. While it lasts nothing foreign changes; after it is lifted
 * the pool and MetalLB are right within the next passes. The result is {@code
 * target/fault-matrix.md}.
 */
class FaultMatrixTest {
  private static final Path REPORT = Path.of("target", "fault-matrix.md");
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** Longer than the program's request time-out of a second, so that quick retries fail, too. */
  private static final Duration LASTS = Duration.ofMillis(1500);

  private static final Map<String, String> IMPATIENT =
      Map.of("METALLB_DYN6_REQUEST_TIMEOUT", "1", "METALLB_DYN6_RELOAD_TIMEOUT", "10");

  @Test
  void everyCallSurvivesEveryFault() throws Exception {
    FaultMatrix.run(REPORT, RemoteCall.class, FaultMatrixTest::survive);
  }

  private static void survive(RemoteCall call, Fault fault) throws Exception {
    try (Home home = new Home()) {
      home.strike(call, fault);
      try (RunningProgram program = RunningProgram.start(home.cluster(), home.isp(), IMPATIENT)) {
        await().atMost(PATIENCE).until(home::isStruck);
        await().during(LASTS).atMost(PATIENCE).untilAsserted(home::assertForeignEntriesUntouched);
        home.heal();
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
      }
      home.assertForeignEntriesUntouched();
    }
  }
}
