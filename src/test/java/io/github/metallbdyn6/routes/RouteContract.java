package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.metallbdyn6.settings.SourceParameter;
import io.github.metallbdyn6.testbed.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The manual's contract for the files of sources and of followers alike. */
final class RouteContract {
  private static final Path ROUTES = Path.of("routes");
  private static final String ENDING = ".camel.yaml";

  private final String kind;

  /** For one kind: {@code source} or {@code follower}. */
  RouteContract(String kind) {
    this.kind = kind;
  }

  /** Returns the names of the files, without their ending. */
  Stream<String> files() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.startsWith(kind + "-") && file.endsWith(ENDING))
          .map(file -> file.replace(ENDING, ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  static String read(String file) throws IOException {
    return Files.readString(ROUTES.resolve(file + ENDING));
  }

  static JsonNode routes(String file) throws IOException {
    return new YAMLMapper().readTree(read(file));
  }

  private String name(String file) {
    return file.replaceFirst(kind + "-", "");
  }

  /** Returns the part of a variable's name that says whose it is. */
  String variablePart(String file) {
    return name(file).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  void assertTitle(String file) throws IOException {
    String word = kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1);
    assertThat(read(file).lines().findFirst().orElseThrow())
        .matches("# %s %s: \\S.{10,}\\.".formatted(word, name(file)));
  }

  /** Asserts that the first route has the name of the file, and returns the route. */
  static JsonNode assertStart(String file) throws IOException {
    JsonNode route = routes(file).get(0).path("route");
    assertThat(route.path("id").asText()).isEqualTo(file);
    assertThat(route.path("from").path("uri").asText()).isEqualTo("direct");
    assertThat(route.path("from").path("parameters").path("name").asText()).isEqualTo(file);
    return route;
  }

  /** A parameter without one of its five keys is not found. */
  static void assertParameters(String file, String variable) throws IOException {
    long begun = read(file).lines().filter(line -> line.startsWith("# parameter:")).count();
    assertThat(SourceParameter.in(read(file)))
        .hasSize((int) begun)
        .allSatisfy(
            parameter -> {
              assertThat(parameter.variable()).matches(variable);
              assertThat(parameter.example()).isNotEqualTo(parameter.defaultValue());
            });
  }

  static void assertInConfigMap(String file) throws IOException {
    assertThat(Files.readString(ROUTES.resolve("kustomization.yaml")))
        .containsOnlyOnce("- " + file + ENDING + "\n");
  }

  void assertRow(String file, int columns) throws IOException {
    List<String> row =
        Manual.page(kind + "s")
            .lines()
            .filter(
                line -> line.matches("\\| `%s` (\\| [^|]+){%d}\\|".formatted(name(file), columns)))
            .toList();
    assertThat(row).hasSize(1);
    assertThat(SourceParameter.in(read(file)))
        .allSatisfy(parameter -> assertThat(row.get(0)).contains("`" + parameter.variable() + "`"));
  }
}
