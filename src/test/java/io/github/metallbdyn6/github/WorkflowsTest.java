package io.github.metallbdyn6.github;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of every workflow in {@code .github/workflows}. */
class WorkflowsTest {
  private static final Pattern PINNED = Pattern.compile("[\\w./-]+@([0-9a-f]{40}|v[0-9]+)");

  /** A file of this repository that a command or a parameter names. */
  private static final Pattern OWN_FILE = Pattern.compile("\\.(ci|github)/[\\w./-]*\\w");

  static List<Path> workflows() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(".github/workflows"))) {
      return files.sorted().toList();
    }
  }

  private static JsonNode read(Path workflow) throws IOException {
    return new YAMLMapper().readTree(workflow.toFile());
  }

  private static List<JsonNode> jobs(Path workflow) throws IOException {
    return read(workflow).path("jobs").valueStream().toList();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void mayOnlyReadUnlessAJobAsksForMore(Path workflow) throws IOException {
    assertThat(read(workflow).path("permissions").valueStream())
        .isNotEmpty()
        .allMatch(permission -> "read".equals(permission.asText()));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void writeOnlyForATaggedVersion(Path workflow) throws IOException {
    assertThat(jobs(workflow))
        .filteredOn(
            job ->
                job.path("permissions").valueStream().anyMatch(it -> "write".equals(it.asText())))
        .allMatch(job -> "startsWith(github.ref, 'refs/tags/v')".equals(job.path("if").asText()));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void pinEveryActionThatIsNotTheirOwn(Path workflow) throws IOException {
    assertThat(read(workflow).findValuesAsText("uses"))
        .isNotEmpty()
        .allMatch(uses -> uses.startsWith("./") ? Files.exists(Path.of(uses)) : isPinned(uses));
  }

  private static boolean isPinned(String uses) {
    return PINNED.matcher(uses).matches();
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void endEveryJobInTime(Path workflow) throws IOException {
    assertThat(jobs(workflow))
        .isNotEmpty()
        .filteredOn(job -> !job.has("uses")) // a called workflow has limits of its own
        .extracting(job -> job.path("timeout-minutes").asInt())
        .allMatch(minutes -> minutes > 0 && minutes <= 90);
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void leaveNoCredentialsInTheCheckout(Path workflow) throws IOException {
    assertThat(jobs(workflow).stream().flatMap(job -> job.path("steps").valueStream()))
        .filteredOn(step -> step.path("uses").asText().startsWith("actions/checkout@"))
        .isNotEmpty()
        .allMatch(step -> !step.path("with").path("persist-credentials").asBoolean(true));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void nameOnlyFilesThatExist(Path workflow) throws IOException {
    assertThat(OWN_FILE.matcher(Files.readString(workflow)).results().map(MatchResult::group))
        .allMatch(file -> Files.exists(Path.of(file)));
  }

  @ParameterizedTest
  @MethodSource("workflows")
  void runOnlyScriptsThatCanBeRun(Path workflow) throws IOException {
    assertThat(read(workflow).findValuesAsText("run").stream().flatMap(String::lines))
        .map(line -> line.replaceFirst("\\s.*", ""))
        .filteredOn(command -> OWN_FILE.matcher(command).matches())
        .allMatch(script -> Files.isExecutable(Path.of(script)));
  }
}
