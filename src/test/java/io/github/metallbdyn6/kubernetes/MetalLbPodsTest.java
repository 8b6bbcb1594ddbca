package io.github.metallbdyn6.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.github.metallbdyn6.metallb.MetalLbPod;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetalLbPodsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static MetalLbPod read(Pod pod) {
    try (ObjectReader reader =
        new ObjectReader(
            new ByteArrayInputStream(JSON.writeValueAsBytes(pod)), MetalLbPods.FIELDS)) {
      return MetalLbPods.read(reader.object());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PodBuilder pod(String container, String image) {
    return new PodBuilder()
        .withNewMetadata()
        .withName("speaker-x")
        .withUid("11111111-2222-3333-4444-555555555555")
        .endMetadata()
        .withNewSpec()
        .addNewContainer()
        .withName(container)
        .withImage(image)
        .endContainer()
        .endSpec();
  }

  @ParameterizedTest
  @CsvSource({
    "speaker, quay.io/metallb/speaker:v0.13.12, 0.13",
    "controller, quay.io/metallb/controller:v0.14.8@sha256:abc, 0.14",
    "metallb-speaker, registry.example.com:5000/bitnami/metallb-speaker:0.15.2-debian-12-r0, 0.15",
    "main, registry.example.com/mirror/controller:v0.14.0, 0.14",
    "speaker, quay.io/metallb/speaker@sha256:abc, unknown",
    "speaker, quay.io/metallb/speaker:main, unknown",
    "frr, quay.io/frrouting/frr:9.1.0, unknown",
    "kube-rbac-proxy, registry.example.com/kube-rbac-proxy:v0.18.0, unknown"
  })
  void tellTheVersionByMetalLbsOwnImage(String container, String image, String version) {
    assertThat(read(pod(container, image).build())).hasToString(expected(version));
  }

  @ParameterizedTest
  @CsvSource({
    "v0.14.8, quay.io/metallb/speaker@sha256:abc, 0.14",
    "0.13.12, quay.io/metallb/speaker:v0.14.8, 0.13",
    "v0.15.0, quay.io/metallb/speaker:v0.13.12, 0.13",
    "main, quay.io/metallb/speaker:v0.14.8, 0.14"
  })
  void takeTheOlderOfLabelAndImage(String label, String image, String version) {
    Pod pod =
        pod("speaker", image)
            .editMetadata()
            .addToLabels("app.kubernetes.io/version", label)
            .endMetadata()
            .build();
    assertThat(read(pod)).hasToString(expected(version));
  }

  private static String expected(String version) {
    return "speaker-x (" + (version.equals("unknown") ? "version unknown" : version) + ")";
  }

  @Test
  void areReadyByTheirConditionAlone() {
    Pod silent = pod("speaker", "x").build();
    Pod running = new PodBuilder(silent).withNewStatus().withPhase("Running").endStatus().build();
    assertThat(List.of(read(silent), read(running))).noneMatch(MetalLbPod::ready);
    assertThat(read(withReady(running, "False")).ready()).isFalse();
    assertThat(read(withReady(running, "True")).ready()).isTrue();
  }

  private static Pod withReady(Pod pod, String status) {
    return new PodBuilder(pod)
        .editStatus()
        .addNewCondition()
        .withType("Ready")
        .withStatus(status)
        .endCondition()
        .endStatus()
        .build();
  }

  @Test
  void areTerminatingOnceTheyAreMarkedForDeletion() {
    Pod pod =
        pod("speaker", "x")
            .editMetadata()
            .withDeletionTimestamp("2026-11-22T12:00:00Z")
            .endMetadata()
            .build();
    assertThat(read(pod).terminating()).isTrue();
  }
}
