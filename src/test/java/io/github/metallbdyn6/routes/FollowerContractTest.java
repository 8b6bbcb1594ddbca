package io.github.metallbdyn6.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.SourceParameter;
import io.github.metallbdyn6.testbed.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every follower keeps the contract that the manual states. */
class FollowerContractTest {
  private static final Path ROUTES = Path.of("routes");
  private static final String ENDING = ".camel.yaml";

  /** The program reads these for any follower. */
  private static final Pattern OF_THE_PROGRAM = Pattern.compile(".*_(ON|HOLD_AFTER)");

  private static Stream<String> followers() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.startsWith("follower-") && file.endsWith(ENDING))
          .map(file -> file.replace(ENDING, ""))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String read(String follower) throws IOException {
    return Files.readString(ROUTES.resolve(follower + ENDING));
  }

  private static String name(String follower) {
    return follower.replaceFirst("follower-", "");
  }

  @ParameterizedTest
  @MethodSource("followers")
  void beginsWithATitle(String follower) throws IOException {
    assertThat(read(follower).lines().findFirst().orElseThrow())
        .matches("# Follower " + name(follower) + ": \\S.{10,}\\.");
  }

  @ParameterizedTest
  @MethodSource("followers")
  void startsFromItsName(String follower) throws IOException {
    JsonNode route = new YAMLMapper().readTree(read(follower)).get(0).path("route");
    assertThat(route.path("id").asText()).isEqualTo(follower);
    assertThat(route.path("from").path("uri").asText()).isEqualTo("direct");
    assertThat(route.path("from").path("parameters").path("name").asText()).isEqualTo(follower);
    assertThat(route.path("description").asText()).isNotEmpty();
  }

  /** All five keys, since a parameter without one of them is not found. */
  @ParameterizedTest
  @MethodSource("followers")
  void describesEveryParameterInFull(String follower) throws IOException {
    long begun = read(follower).lines().filter(line -> line.startsWith("# parameter:")).count();
    List<SourceParameter> parameters = SourceParameter.in(read(follower));
    String own = name(follower).toUpperCase(Locale.ROOT).replace('-', '_');
    assertThat(parameters).isNotEmpty().hasSize((int) begun);
    assertThat(parameters)
        .allSatisfy(
            parameter -> {
              assertThat(parameter.variable())
                  .matches("METALLB_DYN6_(HOSTS|%s(_[A-Z0-9]+)*)".formatted(own));
              assertThat(parameter.example()).isNotEqualTo(parameter.defaultValue());
            });
  }

  @ParameterizedTest
  @MethodSource("followers")
  void usesWhatItDescribesWithTheSameDefault(String follower) throws IOException {
    Set<String> settings =
        Arrays.stream(Setting.values()).map(Setting::key).collect(Collectors.toSet());
    Map<String, String> described =
        SourceParameter.in(read(follower)).stream()
            .filter(parameter -> !OF_THE_PROGRAM.matcher(parameter.variable()).matches())
            .collect(Collectors.toMap(SourceParameter::key, SourceParameter::defaultValue));
    Map<String, String> used =
        Pattern.compile("\\{\\{([a-z0-9.-]+)(?::([^}]*))?}}|'(metallb-dyn6\\.[a-z-]+)'")
            .matcher(read(follower))
            .results()
            .filter(it -> it.group(1) == null || !settings.contains(it.group(1)))
            .collect(
                Collectors.toMap(
                    it -> it.group(1) == null ? it.group(3) : it.group(1),
                    it -> it.group(2) == null ? "" : it.group(2),
                    (one, other) -> one));
    assertThat(used).isEqualTo(described);
  }

  @ParameterizedTest
  @MethodSource("followers")
  void isPartOfTheConfigMap(String follower) throws IOException {
    assertThat(Files.readString(ROUTES.resolve("kustomization.yaml")))
        .containsOnlyOnce("- " + follower + ENDING + "\n");
  }

  @ParameterizedTest
  @MethodSource("followers")
  void hasARowInTheManual(String follower) throws IOException {
    List<String> row =
        Manual.page("followers")
            .lines()
            .filter(line -> line.matches("\\| `%s` (\\| [^|]+){2}\\|".formatted(name(follower))))
            .toList();
    assertThat(row).hasSize(1);
    assertThat(SourceParameter.in(read(follower)))
        .allSatisfy(parameter -> assertThat(row.get(0)).contains("`" + parameter.variable() + "`"));
  }
}
