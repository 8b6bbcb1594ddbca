package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.testbed.Manual;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A second installation in the namespace of the first, as the manual says, both with everything.
 */
class TwoInstallationsTest {
  private static final String LABEL = "app.kubernetes.io/name";
  private static final Map<String, String> HOME_PODS = Map.of(LABEL, "metallb-dyn6");
  private static final Map<String, String> GUEST_PODS = Map.of(LABEL, "metallb-dyn6-guest");

  /** It moves the program into a namespace of its own. */
  private static final List<String> ALL =
      Components.names().stream()
          .filter(
              name ->
                  !List.of("cross-namespace", "annotated-pools", "high-availability")
                      .contains(name))
          .toList();

  private Manifests home;
  private Manifests guest;

  @BeforeEach
  void build() throws IOException {
    home = Kubectl.build(Components.overlay("home-of-two", ALL));
    guest = Kubectl.build(overlayOfTheManual());
  }

  private static Path overlayOfTheManual() throws IOException {
    String text =
        Manual.block("kustomization.yaml")
            .replaceFirst("(?s)^.*?(?=namespace:)", "")
            .replace("../../base", "{repo}/kustomize/base");
    String components =
        ALL.stream()
            .map(name -> "  - \"{repo}/kustomize/components/%s\"\n".formatted(name))
            .collect(Collectors.joining("", "\ncomponents:\n", ""));
    Path folder = Kubectl.writeOverlay("guest-of-two", text + components);
    Files.writeString(
        folder.resolve("settings.env"),
        "METALLB_DYN6_METALLB_POOL=guest\nMETALLB_DYN6_HOST_RANGE=::2000-::2999\n");
    return folder;
  }

  private static List<String> names(Manifests manifests) {
    return manifests.objects().stream()
        .map(HasMetadata::getMetadata)
        .map(it -> it.getNamespace() + "/" + it.getName())
        .toList();
  }

  /** So kubectl delete -k removes the one, and nothing of the other. */
  @Test
  void haveNoObjectInCommon() {
    assertThat(names(guest)).hasSameSizeAs(names(home)).doesNotContainAnyElementsOf(names(home));
    assertThat(guest.objects())
        .allSatisfy(
            it -> assertThat(it.getMetadata().getLabels()).containsAllEntriesOf(GUEST_PODS));
    assertThat(home.objects())
        .allSatisfy(it -> assertThat(it.getMetadata().getLabels()).containsAllEntriesOf(HOME_PODS));
  }

  @Test
  void selectTheirOwnPods() {
    assertPods(home, HOME_PODS);
    assertPods(guest, GUEST_PODS);
  }

  private static void assertPods(Manifests built, Map<String, String> pods) {
    var deployment = built.the(Deployment.class).getSpec();
    assertThat(deployment.getTemplate().getMetadata().getLabels()).isEqualTo(pods);
    assertThat(deployment.getSelector().getMatchLabels()).isEqualTo(pods);
    assertThat(built.the(Service.class).getSpec().getSelector()).isEqualTo(pods);
    assertThat(built.objects())
        .filteredOn(NetworkPolicy.class::isInstance)
        .hasSize(2)
        .map(it -> ((NetworkPolicy) it).getSpec())
        .allSatisfy(
            it -> {
              assertThat(it.getPodSelector().getMatchLabels()).isEqualTo(pods);
              assertThat(it.getIngress().get(0).getFrom().get(0).getPodSelector().getMatchLabels())
                  .containsEntry(LABEL, "prometheus");
            });
    JsonNode monitor = new ObjectMapper().valueToTree(built.custom("PodMonitor"));
    assertThat(monitor.at("/spec/selector/matchLabels"))
        .isEqualTo(new ObjectMapper().valueToTree(pods));
  }

  @Test
  void haveAccessToTheirOwnPools(@TempDir Path folder) throws IOException {
    assertThat(guest.the(Role.class).getRules().get(0).getResourceNames()).containsExactly("guest");
    RoleBinding binding = guest.the(RoleBinding.class);
    assertThat(binding.getRoleRef().getName()).isEqualTo("metallb-dyn6-guest");
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(it -> assertThat(it.getName()).isEqualTo("metallb-dyn6-guest"))
        .satisfies(it -> assertThat(it.getNamespace()).isEqualTo("metallb-system"));
    assertThat(guest.podSpec().getServiceAccountName()).isEqualTo("metallb-dyn6-guest");
    assertThat(guest.objects())
        .filteredOn(ClusterRoleBinding.class::isInstance)
        .isNotEmpty()
        .allSatisfy(
            it -> {
              ClusterRoleBinding cluster = (ClusterRoleBinding) it;
              assertThat(names(guest)).contains("null/" + cluster.getRoleRef().getName());
              assertThat(cluster.getSubjects().get(0).getName()).isEqualTo("metallb-dyn6-guest");
            });

    Settings settings = Settings.read(guest.environment(folder), new Properties());
    assertThat(settings.problems()).isEmpty();
  }

  /** Otherwise nothing would be refused to the second one, and nobody would notice. */
  @Test
  void areBothHeldByTheirPolicies() {
    assertThat(guest.the(ValidatingAdmissionPolicyBinding.class).getSpec().getPolicyName())
        .isEqualTo("metallb-dyn6-guest");
    String condition =
        guest
            .the(ValidatingAdmissionPolicy.class)
            .getSpec()
            .getMatchConditions()
            .get(0)
            .getExpression();
    String pattern = condition.replaceFirst("(?s).*matches\\('(.*)'\\).*", "$1");
    assertThat("system:serviceaccount:metallb-system:metallb-dyn6-guest").containsPattern(pattern);
    assertThat("system:serviceaccount:metallb-system:metallb-dyn6").containsPattern(pattern);
    assertThat("system:serviceaccount:metallb-system:metallb-dyn66").doesNotContainPattern(pattern);
    assertThat("system:serviceaccount:a:b:metallb-dyn6").doesNotContainPattern(pattern);
  }
}
