package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each component changes. */
class ComponentsTest {

  @ParameterizedTest
  @CsvSource({
    "dry-run,         METALLB_DYN6_DRY_RUN,                true",
    "manifest-install, METALLB_DYN6_METALLB_LABEL_SELECTOR, app=metallb",
    "reload-never,    METALLB_DYN6_RELOAD,                 never",
    "subnet-override, METALLB_DYN6_SUBNET_OVERRIDE,        0:0:0:cd::",
    "subnet-override, METALLB_DYN6_PREFIX_LENGTH,          56"
  })
  void sets(String component, String variable, String value) {
    assertThat(with(component).settings().getData()).containsEntry(variable, value);
  }

  @Test
  void prometheusFindsTheMetrics() {
    GenericKubernetesResource monitor = with("prometheus").custom("PodMonitor");

    assertThat(monitor.<Object>get("spec"))
        .isEqualTo(
            Map.of(
                "selector",
                Map.of("matchLabels", podLabels(with("prometheus"))),
                "podMetricsEndpoints",
                List.of(Map.of("port", "management", "path", "/observe/metrics"))));
  }

  @Test
  void prometheusHasTheAlertsInTheProgramsNamespace() {
    Manifests built = with("prometheus");

    assertThat(built.custom("PrometheusRule").getMetadata().getNamespace())
        .isEqualTo(built.the(Deployment.class).getMetadata().getNamespace());
  }

  @Test
  void networkPolicyLetsThroughOnlyWhatIsNeeded() {
    var policy = with("network-policy").the(NetworkPolicy.class).getSpec();

    assertThat(policy.getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(policy.getPodSelector().getMatchLabels())
        .isEqualTo(podLabels(with("network-policy")));
    assertThat(policy.getIngress().stream().flatMap(it -> it.getPorts().stream()))
        .extracting(ComponentsTest::portOf)
        .containsExactly("TCP management");
    assertThat(policy.getEgress().stream().flatMap(it -> it.getPorts().stream()))
        .extracting(ComponentsTest::portOf)
        .containsExactly("UDP 53", "TCP 53", "TCP 443", "TCP 6443");
  }

  private static String portOf(NetworkPolicyPort port) {
    return port.getProtocol() + " " + port.getPort().getValue();
  }

  /** What other components bring goes with the program, in whichever order they are listed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "network-policy,prometheus,cross-namespace",
        "cross-namespace,network-policy,prometheus"
      })
  void crossNamespaceMovesAllButTheAccess(String order) {
    Manifests across =
        Kubectl.build(Components.overlay(order.replace(',', '-'), List.of(order.split(","))));

    assertThat(across.objects())
        .allSatisfy(
            it ->
                assertThat(it.getMetadata().getNamespace())
                    .as(it.getKind())
                    .isEqualTo(
                        it.getKind().startsWith("Role") ? "metallb-system" : "metallb-dyn6"));
  }

  @Test
  void noneGivesMoreAccess() {
    var allowed = Permission.of(Kubectl.build(Path.of("kustomize", "base")).the(Role.class));

    assertThat(Components.names())
        .allSatisfy(
            name -> assertThat(Permission.of(with(name).the(Role.class))).isSubsetOf(allowed));
  }

  private static Manifests with(String component) {
    return Kubectl.build(Components.overlay(component, List.of(component)));
  }

  private static Map<String, String> podLabels(Manifests manifests) {
    return manifests.the(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
  }
}
