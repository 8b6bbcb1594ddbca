package io.github.metallbdyn6.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.metallbdyn6.testbed.AttackReport;
import io.github.metallbdyn6.testbed.FakeIsp;
import io.github.metallbdyn6.testbed.Launch;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RunningProgram;
import io.github.metallbdyn6.testbed.TestCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A source, or somebody between it and the home, answers so as to harm the program. The pool stays,
 * the log says in words why, and the first good answer afterwards is followed.
 */
class AnswersIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String BEFORE = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String AFTER = "2001:db8:b::1000-2001:db8:b::1999";

  private static final Map<String, String> TEXT = Map.of("Content-Type", "text/plain");

  @TempDir Path folder;
  private final TestCluster cluster = TestCluster.fake();
  private final FakeIsp isp = new FakeIsp();

  @BeforeEach
  void createPool() {
    cluster.createPool(List.of(BEFORE));
    cluster.pods().run("v0.15.2");
    isp.givesAddress("2001:db8:a::1");
  }

  @AfterEach
  void close() throws Exception {
    isp.close();
    cluster.close();
  }

  /** One program meets them one after the other, as it would in a long life. */
  @Test
  @DisplayName("my-ip answers what no parser should take: nesting, bombs, numbers, half documents")
  void survivesJson(TestReporter report) throws Exception {
    List<String> answers =
        List.of(
            nested("{\"ip\":", "}", 500),
            nested("[", "]", 900),
            "[".repeat(4_000),
            "{\"ip\":\"2001:db8:b::1\",\"x\":" + nested("[", "]", 900) + "}",
            "{\"ip\":\"2001:db8:b::1\",\"x\":1" + "0".repeat(3_000) + "}",
            "{\"ip\":1e999999999}",
            "{\"ip\":\"2001:db8:b::1\",\"ip\":\"2001:db8:c::1\"}",
            "{\"ip\":\"2001:db8:b::1\"}{\"ip\":\"2001:db8:c::1\"}",
            "{\"ip\":[\"2001:db8:b::1\"]}",
            "{\"ip\":{\"ip\":\"2001:db8:b::1\"}}",
            "{\"ip\":\"2001:db8:b::1\\u0000\"}",
            "{\"ip\":\"2001:db8:b::1\\nWARN forged line\"}",
            "{\"ip\":\"${sysenv.PATH}{{env:PATH}}${bean:pool}\"}",
            "{\"success\":true,\"ip\":\"2001:db8:b::1\"",
            "\u0000\u0000\u0000{",
            "x".repeat(1_000_000));
    try (ProgramProcess program = start(Map.of())) {
      await().atMost(PATIENCE).until(() -> isp.timesAsked() > 1);
      for (String answer : answers) {
        isp.answers(answer);
        awaitAsked(2);
        assertThat(cluster.addresses()).as(answer).containsExactly(BEFORE);
      }
      report.publishEntry(AttackReport.ATTEMPTS, String.valueOf(answers.size()));
      assertSurvived(program, "nested too deep");
    }
  }

  @Test
  @DisplayName("an answer makes a user's regular expression run for years")
  void survivesRegularExpressions() throws Exception {
    try (ProgramProcess program = startText("(.*)".repeat(9) + "(2001:[0-9a-f:]+)")) {
      isp.answers(200, TEXT, "a".repeat(100));
      awaitAsked(2);
      isp.answers(200, TEXT, "2001:db8:b::1");
      awaitLog(program, "the regular expression of METALLB_DYN6_TEXT_PATTERN takes too long");
      assertStops(program);
    }
  }

  @Test
  @DisplayName("an answer makes a user's regular expression fill the stack")
  void survivesRepeatedGroups() throws Exception {
    try (ProgramProcess program = startText("(2001|db8|[a-z0-9]|:)+")) {
      isp.answers(200, TEXT, "ab".repeat(100_000));
      awaitLog(program, "METALLB_DYN6_TEXT_PATTERN takes too long for this answer, or repeats");
      assertThat(cluster.addresses()).containsExactly(BEFORE);
      assertStops(program);
    }
  }

  @Test
  @DisplayName("a FRITZ!Box answers XML of 900 elements one in another")
  void survivesXml() throws Exception {
    Map<String, String> fritzbox =
        Map.of("METALLB_DYN6_SOURCE", "fritzbox,my-ip", "METALLB_DYN6_FRITZBOX_URL", isp.url());
    try (ProgramProcess program = start(fritzbox)) {
      isp.answers(200, Map.of("Content-Type", "text/xml"), nested("<a>", "</a>", 550));
      awaitAsked(4);
      assertThat(cluster.addresses()).containsExactly(BEFORE);
      assertSurvived(program, "fritzbox");
    }
  }

  private static String nested(String begin, String end, int levels) {
    return begin.repeat(levels) + "1" + end.repeat(levels);
  }

  private ProgramProcess startText(String pattern) {
    return start(
        Map.of(
            "METALLB_DYN6_SOURCE",
            "text",
            "METALLB_DYN6_TEXT_URL",
            isp.url(),
            "METALLB_DYN6_TEXT_PATTERN",
            pattern));
  }

  /** The next good answer is followed, nothing was told in Java's words, and a stop is clean. */
  private void assertSurvived(ProgramProcess program, String words) throws Exception {
    isp.givesAddress("2001:db8:b::1");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(cluster.addresses()).as(program.output()).containsExactly(AFTER));
    assertThat(program.output())
        .contains(words)
        .doesNotContain("Exception", "Error", "\tat ", "\nWARN forged");
    assertStops(program);
  }

  private static void assertStops(ProgramProcess program) throws InterruptedException {
    long asked = System.nanoTime();
    program.terminate();
    assertThat(program.exitStatus()).as(program.output()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
  }

  private ProgramProcess start(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(RunningProgram.environment(cluster, isp));
    environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
    environment.putAll(more);
    return ProgramProcess.start(Launch.asInPod(), environment);
  }

  private void awaitAsked(int times) {
    int asked = isp.timesAsked();
    await().atMost(PATIENCE).until(() -> isp.timesAsked() >= asked + times);
  }

  private static void awaitLog(ProgramProcess program, String text) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(program.output()).contains(text));
  }
}
