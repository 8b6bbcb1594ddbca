package io.github.metallbdyn6;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Version;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** The bill of materials says exactly what is delivered. */
@DisabledIfSystemProperty(
    named = "maven.session",
    matches = "offline=true",
    disabledReason = "the CycloneDX plugin does nothing when Maven is offline")
class SbomIT {
  private static final Pattern COMPATIBLE =
      Pattern.compile("Apache-2[.]0|MIT(-0)?|BSD-[23]-Clause|EPL-[12][.]0|CC0-1[.]0");

  private final JsonNode sbom;
  private final List<JsonNode> components;

  SbomIT() throws IOException {
    sbom = new ObjectMapper().readTree(new File("target/metallb-dyn6.cdx.json"));
    components =
        StreamSupport.stream(sbom.path("components").spliterator(), false)
            .map(JsonNode.class::cast)
            .toList();
  }

  @Test
  void listsTheJarsInLibAndNoOthers() throws IOException {
    try (Stream<Path> jars = Files.list(Path.of("target/lib"))) {
      assertThat(components)
          .extracting(it -> it.path("name").asText() + "-" + it.path("version").asText() + ".jar")
          .containsExactlyInAnyOrderElementsOf(
              jars.map(jar -> String.valueOf(jar.getFileName())).toList());
    }
  }

  @Test
  void namesCamelAndTheKubernetesClientWithTheVersionsInUse() {
    assertThat(components)
        .extracting(it -> it.path("purl").asText())
        .contains(
            "pkg:maven/org.apache.camel/camel-main@%s?type=jar"
                .formatted(Main.class.getPackage().getImplementationVersion()),
            "pkg:maven/io.fabric8/kubernetes-client@%s?type=jar"
                .formatted(Version.clientVersion()));
  }

  @Test
  void namesNothingThatOnlyTheTestsUse() {
    assertThat(components)
        .extracting(it -> it.path("group").asText())
        .contains("org.apache.camel")
        .noneMatch(group -> group.matches("org\\.(junit|assertj|awaitility).*|com\\.tngtech.*"));
  }

  /** Each of these may be delivered together with code under Apache-2.0. */
  @Test
  void listsNoLicenceThatTheImageMayNotContain() throws IOException {
    Map<String, Set<String>> licences = new TreeMap<>();
    components.forEach(it -> licences.put(it.path("purl").asText(), licencesOf(it)));
    Files.writeString(
        Path.of("target/licences.md"),
        licences.entrySet().stream()
            .map(it -> "| %s | %s |".formatted(it.getKey(), String.join(" or ", it.getValue())))
            .collect(Collectors.joining("\n", "| library | licence |\n|---|---|\n", "\n")));

    assertThat(licences)
        .allSatisfy(
            (library, names) ->
                assertThat(names).as(library).anyMatch(COMPATIBLE.asMatchPredicate()));
  }

  private static Set<String> licencesOf(JsonNode component) {
    return StreamSupport.stream(component.path("licenses").spliterator(), false)
        .map(
            it ->
                Stream.of("/license/id", "/license/name", "/expression")
                    .map(place -> it.at(place).asText())
                    .filter(name -> !name.isEmpty())
                    .findFirst()
                    .orElse(""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void hasNoTimeInItSoThatEveryBuildMakesTheSame() {
    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(sbom.path("metadata").path("component").path("name").asText())
        .isEqualTo("metallb-dyn6");
    assertThat(sbom.path("metadata").has("timestamp")).isFalse();
  }
}
