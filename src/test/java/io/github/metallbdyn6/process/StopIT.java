package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.testbed.ApiCall;
import io.github.metallbdyn6.testbed.Home;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RouteFolder;
import io.github.metallbdyn6.testbed.RunningProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar is asked to stop while it waits for pods that do not come. */
class StopIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** It would try a trillion ways to share a hundred letters among nine groups. */
  private static final String ENDLESS =
      """
      - route:
          id: source-endless
          description: Never answers.
          from:
            uri: direct:source-endless
            steps:
              - log: {message: "endless: begins", logName: metallb-dyn6}
              - bean: {beanType: java.util.regex.Pattern, method: "matches('%sx', '%s')"}
      """
          .formatted("(.*)".repeat(9), "a".repeat(100));

  @TempDir Path folder;

  @Test
  void stopsInTimeWithStatusZeroAndGoesOnAtTheNextStart() throws Exception {
    try (Home home = new Home()) {
      home.cluster().pods().comeBack(false);
      Map<String, String> environment =
          new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
      environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).until(() -> hasDeleted(home));
        long asked = System.nanoTime();
        program.terminate();
        assertThat(program.exitStatus()).as(program.output()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(program.output()).doesNotContain("Exception", "\tat ");
      }
      assertThat(home.cluster().annotations()).containsKey(PoolState.RELOAD_MARK);

      home.cluster().pods().comeBack(true);
      try (ProgramProcess successor = ProgramProcess.start(environment)) {
        await().atMost(PATIENCE).untilAsserted(home::assertFollowed);
      }
      assertThat(home.cluster().api().writes())
          .extracting(ApiCall::method)
          .containsExactly("PATCH", "DELETE", "PATCH");
    }
  }

  /** A step of a user's own route that nothing can interrupt. */
  @Test
  void stopsInTimeWithStatusZeroThoughAStepNeverEnds() throws Exception {
    RouteFolder routes = new RouteFolder(folder);
    routes.write("source-endless.camel.yaml", ENDLESS);
    try (Home home = new Home()) {
      Map<String, String> environment =
          new HashMap<>(RunningProgram.environment(home.cluster(), home.isp()));
      environment.put("KUBECONFIG", home.cluster().kubeconfig(folder).toString());
      environment.put("METALLB_DYN6_ROUTES", folder.toString());
      environment.put("METALLB_DYN6_SOURCE", "endless");
      try (ProgramProcess program = ProgramProcess.start(environment)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(() -> assertThat(program.output()).contains("endless: begins"));
        long asked = System.nanoTime();
        program.terminate();
        assertThat(program.exitStatus()).as(program.output()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        assertThat(program.output()).contains("Stopped without waiting any longer");
      }
    }
  }

  private static boolean hasDeleted(Home home) {
    return home.cluster().api().acted().stream().anyMatch(call -> "DELETE".equals(call.method()));
  }
}
