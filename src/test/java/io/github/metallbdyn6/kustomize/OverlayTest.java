package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.testbed.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Effects of a user's overlay on the base. */
class OverlayTest {
  private static final Path BASE = Path.of("kustomize", "base");
  private static final Path EXAMPLE = ExampleOverlay.ORIGINAL;

  /** YAML would take one of them for a number, and one for a truth. */
  @ParameterizedTest
  @ValueSource(strings = {"lan", "10", "on", "public.pool-1"})
  void givesAccessToThePoolThatItNames(String pool) throws IOException {
    Manifests overlay =
        Kubectl.build(
            ExampleOverlay.copy("pool-" + pool)
                .edit("settings.env", "POOL=public", "POOL=" + pool)
                .folder());

    assertThat(overlay.settings().getData()).containsEntry("METALLB_DYN6_METALLB_POOL", pool);
    assertThat(Permission.of(overlay.the(Role.class)))
        .filteredOn(it -> it.resource().equals("ipaddresspools"))
        .extracting(Permission::name)
        .containsOnly(pool);
  }

  @Test
  void movesEverythingByItsNamespace() throws IOException {
    Manifests overlay =
        Kubectl.build(
            ExampleOverlay.copy("elsewhere")
                .edit("kustomization.yaml", "namespace: metallb-system", "namespace: elsewhere")
                .folder());

    assertThat(overlay.objects())
        .filteredOn(it -> !it.getKind().startsWith("Cluster"))
        .extracting(it -> it.getMetadata().getNamespace())
        .containsOnly("elsewhere");
    assertThat(overlay.text()).doesNotContain("metallb-system");
  }

  /** A home with both families keeps its IPv4 addresses, unless its owner decides otherwise. */
  @Test
  void handsServicesOverUnlessTheLineIsTakenOut(@TempDir Path folder) throws IOException {
    Manifests example = Kubectl.build(EXAMPLE);
    assertThat(example.settings().getData()).containsEntry("METALLB_DYN6_TRANSITION", "handover");
    assertThat(example.objects()).hasAtLeastOneElementOfType(ClusterRole.class);

    Manifests without =
        Kubectl.build(ExampleOverlay.copy("replace").withComponents(List.of()).folder());
    assertThat(without.objects()).doesNotHaveAnyElementsOfTypes(ClusterRole.class);
    assertThat(Settings.read(without.environment(folder), new Properties()).transition())
        .isEqualTo(Transition.REPLACE);
  }

  @Test
  void leavesTheRoutesAloneUnlessItSaysOtherwise() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      assertThat(Kubectl.build(BASE).routes().getData())
          .containsOnlyKeys(
              files
                  .map(file -> String.valueOf(file.getFileName()))
                  .filter(file -> file.endsWith(".camel.yaml"))
                  .toList());
    }
  }

  @Test
  void replacesARouteByAFileOfItsName() throws IOException {
    Path folder =
        ExampleOverlay.copy("edited-route")
            .edit("kustomization.yaml", "- source-mine.camel.yaml", "- 0-run-pass.camel.yaml")
            .folder();
    Files.writeString(folder.resolve("0-run-pass.camel.yaml"), "# mine\n");

    Map<String, String> base = Kubectl.build(BASE).routes().getData();
    assertThat(Kubectl.build(folder).routes().getData())
        .hasSameSizeAs(base)
        .containsEntry("0-run-pass.camel.yaml", "# mine\n")
        .containsEntry("2-plan-pool.camel.yaml", base.get("2-plan-pool.camel.yaml"));
  }

  /** The running program takes it up; a new name in the Deployment would start a new pod. */
  @Test
  void changesNothingButTheRouteWhereRoutesAreLive() throws IOException {
    String kustomization =
        """
        resources: ["{repo}/kustomize/base"]
        components: ["{repo}/kustomize/components/live-routes"]
        configMapGenerator:
          - name: metallb-dyn6-routes
            behavior: merge
            files: [source-mine.camel.yaml]
        """;
    Path before = Kubectl.writeOverlay("live-before", kustomization);
    Files.writeString(before.resolve("source-mine.camel.yaml"), "# edition one\n");
    Path after = Kubectl.writeOverlay("live-after", kustomization);
    Files.writeString(after.resolve("source-mine.camel.yaml"), "# edition two\n");

    String expected = Kubectl.build(before).text();
    assertThat(expected).containsOnlyOnce("# edition one");
    assertThat(Kubectl.build(after).text())
        .isEqualTo(expected.replace("# edition one", "# edition two"));
  }

  @Test
  void startsANewPodForAnEditedRouteOtherwise() throws IOException {
    Path edited =
        ExampleOverlay.copy("edited-source")
            .edit("source-mine.camel.yaml", "ip.example.net", "ip.example.org")
            .folder();

    assertThat(Kubectl.build(edited).podSpec()).isNotEqualTo(Kubectl.build(EXAMPLE).podSpec());
  }

  @Test
  void setsEveryVariableInItsCommentsRightly(@TempDir Path folder) throws IOException {
    Path all =
        ExampleOverlay.copy("uncommented").edit("settings.env", "\n#METALLB", "\nMETALLB").folder();
    var settings = Settings.read(Kubectl.build(all).environment(folder), new Properties());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.misspelled()).isEmpty();
  }

  /** Routes of one version do not go with the beans of another. */
  @Test
  void runsTheVersionThatItsRoutesAreOf() throws IOException {
    String version =
        Pattern.compile("<artifactId>metallb-dyn6</artifactId>\\s*<version>([^<]+)")
            .matcher(Files.readString(Path.of("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);

    for (Path folder : List.of(BASE, EXAMPLE)) {
      assertThat(Kubectl.build(folder).container().getImage()).endsWith(":" + version);
    }
    assertThat(Files.readString(EXAMPLE.resolve("kustomization.yaml")))
        .contains("?ref=v" + version);
    assertThat(Manual.text()).contains("--branch v" + version + " ", "?ref=v" + version);
  }

  /** Shows that the other tests would see a misspelled field. */
  @Test
  void isReadStrictly() {
    assertThatThrownBy(
            () ->
                Manifests.parse(
                    "{apiVersion: v1, kind: ServiceAccount, automountServiceAcountToken: false}"))
        .hasMessageContaining("automountServiceAcountToken");
  }
}
