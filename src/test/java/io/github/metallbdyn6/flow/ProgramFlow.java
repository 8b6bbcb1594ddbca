package io.github.metallbdyn6.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.ProgramLog;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;

/** The program between an ISP and a cluster, both on real HTTP, and what a test can wait for. */
abstract class ProgramFlow {
  /** With a handover, a pass waits for MetalLB for half a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<RunningProgram> programs = new ArrayList<>();
  ProgramLog log;

  @BeforeEach
  void listenToLog() {
    log = new ProgramLog();
  }

  /** Returns where the program runs. */
  abstract TestCluster cluster();

  /** Returns whom it asks. */
  abstract FakeIsp isp();

  RunningProgram startProgram(Map<String, String> moreVariables) {
    RunningProgram program = RunningProgram.start(cluster(), isp(), moreVariables);
    programs.add(program);
    return program;
  }

  /** Stops them; the log of what they say at the end is closed, too. */
  void stopPrograms() throws Exception {
    for (RunningProgram program : programs) {
      program.close();
    }
    log.close();
  }

  /** Waits for it, as long as the programs run. */
  void eventually(ThrowingRunnable assertion) {
    await()
        .atMost(PATIENCE)
        .failFast(() -> programs.forEach(RunningProgram::assertAlive))
        .untilAsserted(assertion);
  }

  void awaitLog(String text) {
    eventually(() -> assertThat(log.lines()).anySatisfy(line -> assertThat(line).contains(text)));
  }

  /** Waits until the source was asked some more times, so that whole passes lie between. */
  void awaitPasses(int passes) {
    int asked = isp().timesAsked();
    await().atMost(PATIENCE).until(() -> isp().timesAsked() > asked + passes);
  }
}
