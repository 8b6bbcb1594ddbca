package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.process.SourceRig.Failure;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The jar with one source: on bad days and on a good one, and then behind a first source that is
 * dead.
 */
final class SourceTrial {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String IPV4 = "192.0.2.10-192.0.2.20";
  private static final String BEFORE = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String AFTER = "2001:db8:b::1000-2001:db8:b::1999";

  private final Path folder;
  private final SourceRig.Factory factory;
  private final List<String> seen = new ArrayList<>();
  private String shape = "";
  private String alone = "";
  private String second = "";

  SourceTrial(Path folder, SourceRig.Factory factory) {
    this.folder = folder;
    this.factory = factory;
  }

  /** Runs all of it; what is not as it should be is thrown. */
  void run() throws Exception {
    try (TestCluster cluster = cluster();
        SourceRig rig = factory.make(folder, cluster)) {
      shape = rig.shape();
      List<Failure> apart = new ArrayList<>(rig.failures());
      apart.removeIf(failure -> failure.environment().isEmpty() && !rig.remembers());
      for (Failure failure : apart) {
        failApart(rig, cluster, failure);
      }
      List<Failure> together = new ArrayList<>(rig.failures());
      together.removeAll(apart);
      alone = followAlone(rig, cluster, together);
    }
    Path another = Files.createDirectory(folder.resolve("second"));
    try (TestCluster cluster = cluster();
        SourceRig rig = factory.make(another, cluster)) {
      second = followBehindADeadOne(rig, cluster);
    }
  }

  private static TestCluster cluster() {
    TestCluster cluster = TestCluster.fake();
    cluster.createPool(List.of(IPV4, BEFORE));
    cluster.pods().run("v0.15.2");
    return cluster;
  }

  private ProgramProcess start(
      String sources, SourceRig rig, TestCluster cluster, Map<String, String> more) {
    FakeIsp dead = new FakeIsp();
    dead.close();
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, dead));
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    environment.put("METALLB_DYN6_REQUEST_TIMEOUT", "5");
    environment.put("METALLB_DYN6_SEEIP_URL", dead.url());
    environment.put("METALLB_DYN6_SOURCE", sources);
    environment.putAll(rig.environment());
    environment.putAll(more);
    return ProgramProcess.start(environment);
  }

  private void failApart(SourceRig rig, TestCluster cluster, Failure failure) throws Exception {
    failure.begin().take();
    try (ProgramProcess program = start(rig.source(), rig, cluster, failure.environment())) {
      awaitLine(program, failure);
      assertUnchanged(cluster, BEFORE);
    }
  }

  /** One bad day, the good one, and another bad day. */
  private String followAlone(SourceRig rig, TestCluster cluster, List<Failure> failures)
      throws Exception {
    if (!failures.isEmpty()) {
      failures.get(0).begin().take();
    }
    try (ProgramProcess program = start(rig.source(), rig, cluster, Map.of())) {
      if (!failures.isEmpty()) {
        awaitLine(program, failures.get(0));
        assertUnchanged(cluster, BEFORE);
      }
      rig.beGood();
      String took = awaitFollowed(rig, cluster, program);
      for (Failure failure : failures.subList(Math.min(1, failures.size()), failures.size())) {
        failure.begin().take();
        awaitLine(program, failure);
        assertUnchanged(cluster, AFTER);
      }
      return took;
    }
  }

  private String followBehindADeadOne(SourceRig rig, TestCluster cluster) throws Exception {
    String dead = rig.source().equals("my-ip") ? "seeip" : "my-ip";
    try (ProgramProcess program = start(dead + "," + rig.source(), rig, cluster, Map.of())) {
      rig.beGood();
      return awaitFollowed(rig, cluster, program);
    }
  }

  private static String awaitFollowed(SourceRig rig, TestCluster cluster, ProgramProcess program) {
    long begun = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(cluster.addresses())
                    .as("%s:%n%s", rig.source(), program.output())
                    .containsExactly(IPV4, AFTER));
    double seconds = (System.nanoTime() - begun) / 1e9;
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(program.output())
                    .containsPattern(
                        "INFO  The first pass has succeeded: source %s answers the prefix 2001:db8:b::/(56|64)\\."
                            .formatted(rig.source())));
    return "followed in %.1f s".formatted(seconds);
  }

  private void awaitLine(ProgramProcess program, Failure failure) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(lines(program))
                    .as("%s:%n%s", failure.name(), program.output())
                    .anyMatch(line -> line.startsWith(failure.line())));
    String line =
        lines(program).stream()
            .filter(it -> it.startsWith(failure.line()))
            .findFirst()
            .orElseThrow();
    seen.add("**%s**: `%s`".formatted(failure.name(), line));
  }

  /** Without the time; what is printed before the log is set up has none. */
  private static List<String> lines(ProgramProcess program) {
    return program
        .output()
        .lines()
        .map(line -> line.replaceFirst("^\\d{4}-\\S+Z ", "").strip())
        .toList();
  }

  private static void assertUnchanged(TestCluster cluster, String ours) {
    assertThat(cluster.addresses()).containsExactly(IPV4, ours);
    long writes =
        cluster.api().writes().stream().filter(call -> call.body().contains("addresses")).count();
    assertThat(writes).isEqualTo(ours.equals(BEFORE) ? 0 : 1);
  }

  /** Returns the row of the report. */
  String row(String source) {
    return "| `%s` | %s | %s | %s | %s |%n"
        .formatted(source, shape, alone, second, String.join("<br>", seen).replace("|", "\\|"));
  }

  /** Writes the report. */
  static void report(Map<String, SourceTrial> trials) throws Exception {
    StringBuilder text = new StringBuilder();
    text.append("# Every source through the whole program\n\n");
    text.append(
        "The jar against a real server, file or interface of each kind, and the log line of each failure. The pool was unchanged by all failures.\n\n");
    text.append(
        "| source | asked here | alone | behind a dead first source | failures, and their lines |\n|---|---|---|---|---|\n");
    trials.forEach((source, trial) -> text.append(trial.row(source)));
    Files.writeString(Path.of("target/sources.md"), text);
  }
}
