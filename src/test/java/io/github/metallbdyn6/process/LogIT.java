package io.github.metallbdyn6.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.metallbdyn6.testbed.Manual;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RouteFolder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Log of the jar. */
class LogIT extends AtHome {

  private void awaitPasses(int passes) {
    int asked = home.isp().timesAsked();
    await().atMost(PATIENCE).until(() -> home.isp().timesAsked() > asked + passes);
  }

  @Test
  void saysEachThingOnceAndNothingOfIdlePasses() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitFollowed();
      awaitPasses(3);
      assertThat(program.output().lines().map(line -> line.replaceFirst("^\\S+ ", "")))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("INFO  metallb-dyn6 ")
                      .contains("from source my-ip", "; transition replace, no management port"),
              line ->
                  assertThat(line)
                      .contains(
                          "2001:db8:a::1000-2001:db8:a::1999 is taken for the program's, by its host part"),
              line ->
                  assertThat(line)
                      .startsWith("INFO  Pool ")
                      .contains(
                          "2001:db8:a::1000-2001:db8:a::1999 replaced by 2001:db8:b::1000-2001:db8:b::1999"),
              line -> assertThat(line).startsWith("INFO  Restarting MetalLB: "),
              line -> assertThat(line).startsWith("INFO  MetalLB runs on the new addresses: "),
              line ->
                  assertThat(line)
                      .contains("The first pass has succeeded: source my-ip answers the prefix "));
    }
  }

  /** The route in the manual, which has no id: Camel names it, and its logger. */
  @Test
  void saysWhatAStepLogOfAUsersRouteSays(@TempDir Path folder) throws Exception {
    String source = Manual.block("source-mine.camel.yaml");
    assertThat(source.lines()).hasSize(6);
    new RouteFolder(folder).write("source-mine.camel.yaml", source);
    environment.put("METALLB_DYN6_ROUTES", folder.toString());
    environment.put("METALLB_DYN6_SOURCE", "mine");
    environment.put("METALLB_DYN6_MINE_URL", home.isp().url());
    home.isp().answers(200, Map.of("Content-Type", "text/plain"), "2001:db8:b::5c1e:2\n");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitFollowed();
      assertThat(program.output()).contains(" INFO  I am seen as 2001:db8:b::5c1e:2");
    }
    environment.put("METALLB_DYN6_LOG_LEVEL", "warn");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitPasses(2);
      assertThat(program.output()).doesNotContain("I am seen as");
    }
  }

  @Test
  void saysThatItStops() throws Exception {
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitFollowed();
      program.terminate();
      assertThat(program.exitStatus()).isZero();
      assertThat(program.output()).contains("INFO  Stopped: the pool stays as it is");
    }
  }

  /** Requests with their answers, and the steps in their order with what each has decided. */
  @Test
  void tellsForDebuggingWhatAPassAsksAndDecides() throws Exception {
    environment.put("METALLB_DYN6_LOG_LEVEL", "debug");
    environment.put("METALLB_DYN6_MY_IP_URL", home.isp().url() + "?token=s3cr3t");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitFollowed();
      awaitPasses(1);
      assertThat(program.output())
          .containsSubsequence(
              "DEBUG Source: GET http",
              " -> 200 (",
              "DEBUG Source my-ip: 2001:db8:b::/64",
              "step read-pool (0-run-pass.camel.yaml, line ",
              "step make-range (0-run-pass.camel.yaml, line ",
              "range 2001:db8:b::1000-2001:db8:b::1999",
              "step compare (2-plan-pool.camel.yaml",
              "step settle (2-plan-pool.camel.yaml",
              "to do: 2001:db8:a::1000-2001:db8:a::1999 replaced by",
              "DEBUG API: PATCH http")
          .doesNotContain("s3cr3t");
    }
  }

  @Test
  void isJsonForMachines() throws Exception {
    environment.put("METALLB_DYN6_LOG_FORMAT", "json");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      awaitFollowed();
      awaitPasses(1);
      List<String> messages = new ArrayList<>();
      for (String line : program.output().lines().toList()) {
        JsonNode entry = new ObjectMapper().readTree(line);
        assertThat(entry.path("level").asText()).isEqualTo("INFO");
        assertThat(entry.path("logger").asText()).isEqualTo("metallb-dyn6");
        assertThat(Instant.parse(entry.path("ts").asText()))
            .isBefore(Instant.now().plusSeconds(60));
        assertThat(entry.fieldNames())
            .toIterable()
            .containsExactly("ts", "level", "logger", "message");
        messages.add(entry.path("message").asText());
      }
      assertThat(messages).anyMatch(message -> message.contains(" replaced by "));
    }
  }

  @Test
  void neverShowsWhatIsSecretInAnUrl() throws Exception {
    environment.put("METALLB_DYN6_MY_IP_URL", home.isp().url() + "?token=s3cr3t");
    environment.put("METALLB_DYN6_LOG_LEVEL", "trace");
    home.isp().answers(503, Map.of(), "");
    try (ProgramProcess program = ProgramProcess.start(environment)) {
      await().atMost(PATIENCE).until(() -> program.output().contains("the source answered 503"));
      home.isp().answers(302, Map.of("Location", "http://portal/?session=s3cr3t"), "");
      await().atMost(PATIENCE).until(() -> program.output().contains("the source answered 302"));
      assertThat(program.output()).doesNotContain("s3cr3t").contains("?...");
    }
  }
}
