package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Exchange variables hold what the route files that read them expect, in a retry, too. */
class VariablesTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  private static List<JsonNode> files() throws IOException {
    List<JsonNode> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(Path.of("routes"))) {
      for (Path path : paths.filter(it -> it.toString().endsWith(".camel.yaml")).toList()) {
        files.add(YAML.readTree(path.toFile()));
      }
    }
    return files;
  }

  @Test
  void areSetBeforeTheyAreRead() throws IOException {
    Variables variables = new Variables(files());
    List<String> unset = new ArrayList<>();
    for (String name : List.of("watch-prefix", "place-services")) {
      unset.addAll(variables.unsetIn(route(name).path("from").path("steps")));
    }
    for (JsonNode file : files()) {
      for (JsonNode item : file) {
        JsonNode from = item.path("route").path("from");
        if (!from.isMissingNode() && !"direct".equals(from.path("uri").asText())) {
          unset.addAll(variables.unsetIn(from.path("steps")));
        }
      }
    }
    assertThat(unset).isEmpty();
  }

  /**
   * A retry of a step begins with the message as it was, but with the variables as the failed
   * attempt left them: a step must not read what it may have set before.
   */
  @Test
  void doNotCarryAFailedAttemptIntoItsRetry() throws IOException {
    Variables variables = new Variables(files());
    for (JsonNode step : route("watch-prefix").path("from").path("steps")) {
      List<String> read =
          variables.unsetIn(YAML.createArrayNode().add(step)).stream()
              .map(text -> text.replaceFirst(".* reads ", ""))
              .toList();
      Set<String> carried = new HashSet<>(variables.assigned());
      carried.retainAll(read);

      assertThat(carried).as("%s", step).isEmpty();
    }
  }

  private static JsonNode route(String id) throws IOException {
    return files().stream()
        .flatMap(file -> Stream.iterate(0, i -> i < file.size(), i -> i + 1).map(file::get))
        .map(item -> item.path("route"))
        .filter(route -> id.equals(route.path("id").asText()))
        .findFirst()
        .orElseThrow();
  }

  private static final String CALLED =
      """
      - route:
          id: helper
          from:
            uri: direct
            parameters: {name: helper}
            steps:
              - setVariable: {id: set, name: left, expression: {constant: {expression: x}}}
      """;

  private static Variables with(String file) throws IOException {
    return new Variables(List.of(YAML.readTree(file)));
  }

  @Test
  void countWhenACalledRouteSetsThem() throws IOException {
    JsonNode steps =
        YAML.readTree(
            """
            - to: {id: call, uri: direct, parameters: {name: helper}}
            - log: {id: say, message: "${variable.left} ${variable.right}"}
            """);

    assertThat(with(CALLED).unsetIn(steps)).containsExactly("say reads right");
  }

  @Test
  void doNotCountWhenOnlyOneBranchSetsThem() throws IOException {
    JsonNode steps =
        YAML.readTree(
            """
            - choice:
                id: which
                when:
                  - id: one
                    expression: {simple: {expression: "${body}"}}
                    steps:
                      - to: {id: call, uri: direct, parameters: {name: helper}}
            - filter:
                id: maybe
                expression: {simple: {expression: "${body}"}}
                steps:
                  - setVariable: {id: here, name: mine, expression: {constant: {expression: x}}}
                  - log: {id: inside, message: "${variable.mine}"}
            - log: {id: say, message: "${variable.left} ${variable.mine}"}
            """);

    assertThat(with(CALLED).unsetIn(steps))
        .containsExactlyInAnyOrder("say reads left", "say reads mine");
  }

  @Test
  void areNotGuessedWhereNobodyIsCalled() throws IOException {
    JsonNode steps = YAML.readTree("- to: {id: call, uri: direct, parameters: {name: nowhere}}");

    assertThatThrownBy(() -> with(CALLED).unsetIn(steps)).hasMessageContaining("nowhere");
  }
}
