package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The manifests of the end-to-end job, as far as they can be seen without a cluster. */
class EndToEndBuildTest {
  private static final Path FOLDER = Path.of(".github");

  @ParameterizedTest
  @CsvSource({"end-to-end-replace, replace", "end-to-end, handover"})
  void movesServicesAsItsNameSays(String overlay, String transition, @TempDir Path pod)
      throws IOException {
    Manifests built = Kubectl.build(FOLDER.resolve(overlay));
    Settings settings = Settings.read(built.environment(pod), new Properties());
    assertThat(settings.problems()).isEmpty();
    assertThat(settings.transition()).isEqualTo(Transition.parse(transition));
    assertThat(built.container().getImage()).endsWith(":end-to-end");
  }

  /** Only its image and its settings are others. */
  @Test
  void isTheExampleOverlayAsItIs() {
    Manifests example = Kubectl.build(ExampleOverlay.ORIGINAL);
    Manifests built = Kubectl.build(FOLDER.resolve("end-to-end"));

    assertThat(withoutSettings(built)).isEqualTo(withoutSettings(example));
    assertThat(built.settings().getData()).containsAllEntriesOf(example.settings().getData());
  }

  private static Stream<String> documents(Manifests manifests) {
    return Stream.of(manifests.text().split("(?m)^---$"));
  }

  private static List<String> withoutSettings(Manifests manifests) {
    return documents(manifests)
        .filter(
            it -> !it.contains("name: metallb-dyn6-settings-") || !it.contains("kind: ConfigMap"))
        .map(it -> it.replaceAll("(image: .*):.*|(name: metallb-dyn6-settings)-.*", "$1$2"))
        .map(String::strip)
        .toList();
  }

  @Test
  void letsTheProgramLeaveInTheEnd() {
    Manifests built = Kubectl.build(FOLDER.resolve("end-to-end-removal"));

    assertThat(built.the(Job.class).getSpec().getTemplate().getSpec().getContainers())
        .extracting(Container::getImage)
        .containsExactly(built.container().getImage());
  }

  /** Each generation in each way; only the oldest is restarted, and only without a handover. */
  @Test
  void isTriedWithEveryMetalLbInEachWay() throws IOException {
    JsonNode matrix =
        new YAMLMapper()
            .readTree(Path.of(".github/workflows/end-to-end.yml").toFile())
            .at("/jobs/metallb/strategy/matrix");
    assertThat(texts(matrix.path("metallb")).map(it -> it.replaceFirst("\\.\\d+$", "")))
        .containsExactly("0.13", "0.14", "0.15", "0.16");
    assertThat(texts(matrix.path("transition"))).containsExactly("replace", "handover");
    assertThat(matrix.path("include")).hasSize(1);
    assertThat(matrix.at("/include/0/pods").asText()).isEqualTo("restarted");
    assertThat(matrix.at("/include/0/metallb")).isEqualTo(matrix.at("/exclude/0/metallb"));
    assertThat(matrix.at("/include/0/transition")).isEqualTo(matrix.at("/exclude/0/transition"));
  }

  private static Stream<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asText);
  }
}
