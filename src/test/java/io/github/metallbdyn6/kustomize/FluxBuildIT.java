package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.github.metallbdyn6.testbed.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flux's own library builds the manifests, and substitutes variables in them. */
class FluxBuildIT {
  private static final String KUSTOMIZATION =
      """
      apiVersion: kustomize.toolkit.fluxcd.io/v1
      kind: Kustomization
      metadata:
        name: metallb-dyn6
        namespace: flux-system
      spec:
        postBuild:
          substitute:
            HOST_RANGE: "::2000-::2fff"
            body: nonsense
      """;

  @TempDir Path temp;

  @BeforeAll
  static void requireRealParts() {
    RealParts.require();
  }

  private Manifests build(Path folder) throws IOException {
    Path wanted = Files.writeString(temp.resolve("kustomization.yaml"), KUSTOMIZATION);
    return Manifests.parse(
        Kubectl.run(
            RealParts.find("flux-", "flux-build").toString(),
            folder.toAbsolutePath().toString(),
            wanted.toString()));
  }

  /** Strict: a variable that Flux has no value for would fail, such as a route's. */
  @Test
  void isWhatKubectlBuilds() throws IOException {
    for (Path folder :
        List.of(
            Path.of("kustomize", "overlays", "example"),
            Components.overlay("flux-all", Components.names()))) {
      assertThat(build(folder).objects())
          .containsExactlyInAnyOrderElementsOf(Kubectl.build(folder).objects());
    }
  }

  @Test
  void hasTheUsersVariablesInTheSettings() throws IOException {
    Path folder =
        ExampleOverlay.copy("flux-settings")
            .edit(
                "settings.env",
                "METALLB_DYN6_HOST_RANGE=::1000-::1999",
                "METALLB_DYN6_HOST_RANGE=${HOST_RANGE}")
            .folder();

    assertThat(build(folder).objects())
        .filteredOn(ConfigMap.class::isInstance)
        .extracting(it -> ((ConfigMap) it).getData())
        .anySatisfy(
            data -> assertThat(data).containsEntry("METALLB_DYN6_HOST_RANGE", "::2000-::2fff"));
  }

  /** The annotation on the ConfigMap of the routes is for this. */
  @Test
  void wouldTakeTheRoutesForATemplateOtherwise() {
    Path folder =
        Kubectl.writeOverlay(
            "flux-without-annotation",
            """
            resources: ["{repo}/kustomize/overlays/example"]
            patches:
              - target: {kind: ConfigMap, name: metallb-dyn6-routes.*}
                patch: |-
                  - op: remove
                    path: /metadata/annotations/kustomize.toolkit.fluxcd.io~1substitute
            """);

    assertThatThrownBy(() -> build(folder))
        .hasMessageContaining("metallb-dyn6-routes")
        .hasMessageContaining("variable");
  }
}
