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

  @Test
  void hasNoTimeInItSoThatEveryBuildMakesTheSame() {
    assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(sbom.path("metadata").path("component").path("name").asText())
        .isEqualTo("metallb-dyn6");
    assertThat(sbom.path("metadata").has("timestamp")).isFalse();
  }
}
