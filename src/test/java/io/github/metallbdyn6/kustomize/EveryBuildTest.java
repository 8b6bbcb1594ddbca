package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.github.metallbdyn6.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Properties of the base, each component over it, each overlay, and all components together. */
@ParameterizedClass(name = "{0}")
@MethodSource("folders")
class EveryBuildTest {
  private final Manifests built;
  private final boolean seesTheNode;

  EveryBuildTest(Path folder) {
    built = Kubectl.build(folder);
    seesTheNode = folder.toString().matches(".*-(source-file|source-interface|all)");
  }

  static List<Path> folders() throws IOException {
    Stream<Path> components =
        Stream.concat(
            Components.names().stream().map(name -> Components.overlay(name, List.of(name))),
            Stream.of(Components.overlay("all", Components.names())));
    try (Stream<Path> overlays = Files.list(Path.of("kustomize", "overlays"))) {
      return Stream.concat(
              Stream.concat(Stream.of(Path.of("kustomize", "base")), overlays.sorted()), components)
          .toList();
    }
  }

  @Test
  void hasNothingWithoutNamespaceAndOurLabel() {
    assertThat(built.objects())
        .allSatisfy(
            it ->
                assertThat(it.getMetadata().getNamespace() == null)
                    .isEqualTo(it.getKind().matches("(Cluster|ValidatingAdmission).*")))
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(
            it -> {
              assertThat(it.getName()).startsWith("metallb-dyn6");
              assertThat(it.getLabels()).containsEntry("app.kubernetes.io/name", "metallb-dyn6");
            });
  }

  @Test
  void hasSettingsThatTheProgramAccepts(@TempDir Path folder) throws IOException {
    Settings settings = Settings.read(built.environment(folder), new Properties());

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.misspelled()).isEmpty();
  }

  @Test
  void letsTheProgramAtThePoolOfItsSettingsAlone(@TempDir Path folder) throws IOException {
    Map<String, String> environment = built.environment(folder);
    Role role = built.the(Role.class);

    assertThat(role.getMetadata().getNamespace())
        .isEqualTo(environment.get("METALLB_DYN6_METALLB_NAMESPACE"));
    String pool = environment.get("METALLB_DYN6_METALLB_POOL");
    assertThat(role.getRules())
        .filteredOn(rule -> rule.getResources().contains("ipaddresspools"))
        .filteredOn(rule -> !rule.getResourceNames().isEmpty() || !"*".equals(pool))
        .singleElement()
        .satisfies(
            rule ->
                assertThat(rule.getResourceNames())
                    .containsExactly("*".equals(pool) ? "public" : pool));
  }

  @Test
  void bindsTheRoleToThePodsServiceAccountAndNobodyElse() {
    ServiceAccount account = built.the(ServiceAccount.class);
    Role role = built.the(Role.class);

    assertThat(built.podSpec().getServiceAccountName()).isEqualTo(account.getMetadata().getName());
    assertThat(account.getMetadata().getNamespace())
        .isEqualTo(built.the(Deployment.class).getMetadata().getNamespace());
    assertThat(built.the(RoleBinding.class))
        .usingRecursiveComparison()
        .ignoringFields("metadata.labels")
        .isEqualTo(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName("metallb-dyn6")
                .withNamespace(role.getMetadata().getNamespace())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", role.getMetadata().getName())
                .addNewSubject(
                    null,
                    "ServiceAccount",
                    account.getMetadata().getName(),
                    account.getMetadata().getNamespace())
                .build());
  }

  /** There is one with the component handover, and one with source-node. */
  @Test
  void bindsEveryClusterRoleToTheSameServiceAccount() {
    ServiceAccount account = built.the(ServiceAccount.class);
    List<String> roles =
        built.objects().stream()
            .filter(ClusterRole.class::isInstance)
            .map(role -> role.getMetadata().getName())
            .toList();

    assertThat(built.objects())
        .filteredOn(ClusterRoleBinding.class::isInstance)
        .map(ClusterRoleBinding.class::cast)
        .allSatisfy(
            binding -> {
              assertThat(roles).containsOnlyOnce(binding.getRoleRef().getName());
              assertThat(binding.getSubjects())
                  .singleElement()
                  .returns(account.getMetadata().getName(), Subject::getName)
                  .returns(account.getMetadata().getNamespace(), Subject::getNamespace);
            });
  }

  @Test
  void givesTheTokenToThePodAndToNobodyElse() {
    assertThat(built.the(ServiceAccount.class).getAutomountServiceAccountToken()).isFalse();
    assertThat(built.podSpec().getAutomountServiceAccountToken()).isTrue();
  }

  /** As Kubernetes' Pod Security Standards define it, but for what can be read only on the node. */
  @Test
  void isRestricted() {
    PodSpec pod = built.podSpec();
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(
            Stream.of(
                seesTheNode ? null : pod.getHostNetwork(),
                pod.getHostPID(),
                pod.getHostIPC(),
                pod.getHostUsers()))
        .containsOnlyNulls();
    assertThat(pod.getInitContainers()).isEmpty();
    assertThat(pod.getVolumes())
        .allMatch(
            it ->
                it.getConfigMap() != null
                    || it.getProjected() != null
                    || (seesTheNode && it.getName().equals("prefix")));

    var container = built.container().getSecurityContext();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(container.getCapabilities().getAdd()).isEmpty();
    assertThat(container.getPrivileged()).isNull();
    assertThat(built.container().getPorts())
        .extracting(ContainerPort::getHostPort)
        .containsOnlyNulls();
  }

  @Test
  void isBoundedInMemory() {
    var resources = built.container().getResources();
    assertThat(resources.getRequests()).containsOnlyKeys("cpu", "memory");
    assertThat(resources.getLimits()).containsOnlyKeys("memory");
  }

  @Test
  void probesThePortThatTheProgramListensOn() {
    Container container = built.container();
    assertThat(
            Stream.of(
                container.getStartupProbe(),
                container.getLivenessProbe(),
                container.getReadinessProbe()))
        .extracting(Probe::getHttpGet)
        .allSatisfy(get -> assertThat(get.getPort().getStrVal()).isEqualTo("management"))
        .extracting(get -> get.getPath())
        .containsExactly("/observe/health/live", "/observe/health/live", "/observe/health/ready");
    assertThat(container.getPorts())
        .filteredOn(port -> port.getName().equals("management"))
        .singleElement()
        .extracting(ContainerPort::getContainerPort)
        .asString()
        .isEqualTo(variable("METALLB_DYN6_MANAGEMENT_PORT"));
  }

  /** A variable of the Deployment itself counts more than the settings. */
  private String variable(String name) {
    return built.container().getEnv().stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void mountsTheRoutesWhereTheProgramLooks() {
    assertThat(built.container().getVolumeMounts())
        .filteredOn(mount -> mount.getName().equals("routes"))
        .singleElement()
        .satisfies(
            mount -> {
              assertThat(mount.getSubPath()).as("would never be updated").isNull();
              assertThat(built.container().getEnv())
                  .filteredOn(it -> it.getName().equals("METALLB_DYN6_ROUTES"))
                  .extracting(EnvVar::getValue)
                  .containsExactly(mount.getMountPath());
            });
  }

  @Test
  void bringsEveryRouteByteForByte() throws IOException {
    ConfigMap routes = built.routes();
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      List<Path> ours = files.filter(file -> file.toString().endsWith(".camel.yaml")).toList();
      assertThat(ours).isNotEmpty();
      for (Path file : ours) {
        assertThat(routes.getData())
            .containsEntry(file.getFileName().toString(), Files.readString(file));
      }
    }
  }

  /**
   * Flux's postBuild substitution takes every {@code ${...}} for a variable of its own, and two
   * dollars for one, in every object that does not forbid it.
   */
  @Test
  void passesFluxsSubstitutionUnchanged() {
    assertThat(built.objects())
        .filteredOn(
            it ->
                !"disabled"
                    .equals(
                        it.getMetadata()
                            .getAnnotations()
                            .get("kustomize.toolkit.fluxcd.io/substitute")))
        .isNotEmpty()
        .allSatisfy(
            it ->
                assertThat(Serialization.asJson(it))
                    .as("%s %s", it.getKind(), it.getMetadata().getName())
                    .doesNotContain("${", "$$"));
  }

  /** Otherwise the program would restart itself with MetalLB. */
  @Test
  void isNotTakenForMetalLb() {
    var template = built.the(Deployment.class).getSpec().getTemplate().getMetadata();
    assertThat(template.getLabels())
        .containsExactlyEntriesOf(Map.of("app.kubernetes.io/name", "metallb-dyn6"));
    assertThat(built.the(Deployment.class).getSpec().getSelector().getMatchLabels())
        .isEqualTo(template.getLabels());
  }
}
