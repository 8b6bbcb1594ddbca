package io.github.metallbdyn6.kustomize;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.Variable;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleRef;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes that each component makes. */
class ComponentsTest {

  @ParameterizedTest
  @CsvSource({
    "dry-run,         METALLB_DYN6_DRY_RUN,                true",
    "handover,        METALLB_DYN6_TRANSITION,             handover",
    "manifest-install, METALLB_DYN6_METALLB_LABEL_SELECTOR, app=metallb",
    "reload-never,    METALLB_DYN6_RELOAD,                 never",
    "subnet-override, METALLB_DYN6_SUBNET_OVERRIDE,        0:0:0:cd::",
    "subnet-override, METALLB_DYN6_PREFIX_LENGTH,          56"
  })
  void sets(String component, String variable, String value) {
    assertThat(with(component).settings().getData()).containsEntry(variable, value);
  }

  /** A user's overlay sets the namespace where MetalLB is; its components run before that. */
  @ParameterizedTest
  @ValueSource(strings = {"handover", "source-node", "follower-renumber"})
  void givesAccessToTheServiceAccountInWhateverNamespaceItIs(String component) {
    Manifests elsewhere =
        Kubectl.build(
            Kubectl.writeOverlay(
                "elsewhere-" + component,
                """
                namespace: elsewhere
                resources: ["{repo}/kustomize/base"]
                components: ["{repo}/kustomize/components/%s"]
                """
                    .formatted(component)));

    assertThat(elsewhere.the(ClusterRoleBinding.class).getSubjects())
        .containsExactly(
            new SubjectBuilder()
                .withKind("ServiceAccount")
                .withName("metallb-dyn6")
                .withNamespace("elsewhere")
                .build());
  }

  /** The program writes no other annotation of a Service. */
  @Test
  void handoverPolicyAllowsTheAnnotationsThatTheProgramWrites() {
    String ours =
        with("handover-policy")
            .the(ValidatingAdmissionPolicy.class)
            .getSpec()
            .getVariables()
            .stream()
            .filter(variable -> variable.getName().equals("ours"))
            .map(Variable::getExpression)
            .findFirst()
            .orElseThrow();

    assertThat(Pattern.compile("'([^']+)'").matcher(ours).results().map(key -> key.group(1)))
        .containsExactlyInAnyOrder(
            ServiceAnnotations.RECORD,
            ServiceAnnotations.PIN,
            ServiceAnnotations.NEWER_PIN,
            ServiceAnnotations.DNS_TARGET,
            ServiceAnnotations.NEWER_DNS_TARGET);
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
    assertThat(policy.getIngress()).singleElement().satisfies(ComponentsTest::assertScraping);
    assertThat(policy.getEgress().stream().flatMap(it -> it.getPorts().stream()))
        .extracting(ComponentsTest::portOf)
        .containsExactly("UDP 53", "TCP 53", "TCP 443", "TCP 6443");
  }

  /** From the router's call to the port that the program listens on. */
  @Test
  void pushLeadsFromTheHomesNetworkToTheProgram() {
    Manifests push = with("push");
    var service = push.the(Service.class).getSpec();

    assertThat(service.getSelector()).isEqualTo(podLabels(push));
    assertThat(service.getExternalTrafficPolicy())
        .as("or all callers look alike")
        .isEqualTo("Local");
    assertThat(service.getIpFamilies()).containsExactly("IPv4");
    assertThat(service.getPorts())
        .singleElement()
        .satisfies(
            port -> {
              assertThat(port.getPort()).isEqualTo(8245);
              assertThat(port.getTargetPort().getStrVal()).isEqualTo("push");
            });
    assertThat(push.container().getPorts())
        .filteredOn(port -> port.getName().equals("push"))
        .extracting(port -> String.valueOf(port.getContainerPort()))
        .containsExactly(variable(push, "METALLB_DYN6_PUSH_PORT").getValue());
    assertThat(push.settings().getData()).containsEntry("METALLB_DYN6_SOURCE", "push");
  }

  @Test
  void pushTakesItsSecretFromASecretAlone() {
    Manifests push = with("push");

    assertThat(List.of("TOKEN", "USER", "PASSWORD"))
        .allSatisfy(
            name -> {
              EnvVar variable = variable(push, "METALLB_DYN6_PUSH_" + name);
              assertThat(variable.getValue()).isNull();
              assertThat(variable.getValueFrom().getSecretKeyRef())
                  .returns("metallb-dyn6-push", SecretKeySelector::getName)
                  .returns(name.toLowerCase(Locale.ROOT), SecretKeySelector::getKey)
                  .returns(true, SecretKeySelector::getOptional);
            });
  }

  /** In words of its own, since policies add up: neither may open what the other one closes. */
  private static void assertScraping(NetworkPolicyIngressRule rule) {
    assertThat(rule.getPorts())
        .extracting(ComponentsTest::portOf)
        .containsExactly("TCP management");
    assertThat(rule.getFrom())
        .singleElement()
        .satisfies(
            from -> {
              assertThat(from.getNamespaceSelector().getMatchLabels())
                  .isEqualTo(Map.of("kubernetes.io/metadata.name", "monitoring"));
              assertThat(from.getPodSelector().getMatchLabels())
                  .isEqualTo(Map.of("app.kubernetes.io/name", "prometheus"));
            });
  }

  /** A policy for one port closes all others, so that it has to name them. */
  @Test
  void pushOpensItsPortToTheHomeAndTheOtherToWhatScrapes() {
    var policy = with("push").the(NetworkPolicy.class).getSpec();

    assertThat(policy.getPolicyTypes()).containsExactly("Ingress");
    assertThat(policy.getIngress()).hasSize(2);
    assertScraping(policy.getIngress().get(0));
    assertThat(policy.getIngress().get(1).getFrom())
        .isNotEmpty()
        .allSatisfy(from -> assertThat(from.getIpBlock().getCidr()).doesNotEndWith("/0"));
    assertThat(policy.getIngress().get(1).getPorts())
        .extracting(ComponentsTest::portOf)
        .containsExactly("TCP push");
  }

  private static EnvVar variable(Manifests manifests, String name) {
    return manifests.container().getEnv().stream()
        .filter(it -> it.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String portOf(NetworkPolicyPort port) {
    return port.getProtocol() + " " + port.getPort().getValue();
  }

  /** Objects of other components go with the program, in whichever order they are listed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "network-policy,prometheus,push,cross-namespace",
        "cross-namespace,push,network-policy,prometheus"
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "release                 | metallb-system | true",
        "release,cross-namespace | metallb-dyn6   | false",
        "cross-namespace,release | metallb-dyn6   | false"
      })
  void releaseRunsInThePlaceOfTheProgram(String components, String namespace, boolean isPools) {
    Manifests built =
        Kubectl.build(
            Components.overlay(components.replace(',', '-'), List.of(components.split(","))));
    PodSpec job = built.the(Job.class).getSpec().getTemplate().getSpec();
    Container container = job.getContainers().get(0);

    assertThat(built.the(Deployment.class).getSpec().getReplicas()).isZero();
    assertThat(built.the(Job.class).getMetadata().getNamespace()).isEqualTo(namespace);
    assertThat(container.getImage()).isEqualTo(built.container().getImage());
    assertThat(container.getEnvFrom()).isEqualTo(built.container().getEnvFrom());
    assertThat(container.getSecurityContext()).isEqualTo(built.container().getSecurityContext());
    assertThat(job.getSecurityContext()).isEqualTo(built.podSpec().getSecurityContext());
    assertThat(job.getServiceAccountName()).isEqualTo(built.podSpec().getServiceAccountName());
    assertThat(container.getArgs()).containsExactly("--release");
    assertThat(container.getEnv())
        .as("the pool is where the Job is")
        .filteredOn(it -> it.getName().equals("METALLB_DYN6_METALLB_NAMESPACE"))
        .hasSize(isPools ? 1 : 0);
  }

  /** No Service or policy for the program takes the Job's pod for the program. */
  @Test
  void releaseIsNotTakenForTheProgram() {
    Manifests built = with("release");

    assertThat(built.the(Job.class).getSpec().getTemplate().getMetadata().getLabels())
        .isNotEmpty()
        .doesNotContainEntry("app.kubernetes.io/name", "metallb-dyn6");
  }

  @Test
  void sourceInterfaceIsInTheNodesNetworkAndShowsItselfToNobodyElse() {
    Manifests built = with("source-interface");

    assertThat(built.podSpec())
        .returns(true, PodSpec::getHostNetwork)
        .returns("ClusterFirstWithHostNet", PodSpec::getDnsPolicy);
    assertThat(variable(built, "METALLB_DYN6_MANAGEMENT_ADDRESS").getValue())
        .isEqualTo("127.0.0.1");
    assertThat(
            Stream.of(
                built.container().getStartupProbe(),
                built.container().getLivenessProbe(),
                built.container().getReadinessProbe()))
        .extracting(it -> it.getHttpGet().getHost())
        .containsOnly("127.0.0.1");
  }

  @Test
  void sourceFileSeesTheFolderOfTheDefaultAndCannotWriteIt() throws IOException {
    Manifests built = with("source-file");
    String byDefault =
        Pattern.compile("# default: +(/\\S+)")
            .matcher(Files.readString(Path.of("routes", "source-file.camel.yaml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);

    assertThat(built.container().getVolumeMounts())
        .filteredOn(it -> it.getName().equals("prefix"))
        .singleElement()
        .returns(true, VolumeMount::getReadOnly)
        .returns(Path.of(byDefault).getParent().toString(), VolumeMount::getMountPath);
    assertThat(built.podSpec().getVolumes())
        .filteredOn(it -> it.getName().equals("prefix"))
        .singleElement()
        .returns("/run/metallb-dyn6", it -> it.getHostPath().getPath())
        .returns("DirectoryOrCreate", it -> it.getHostPath().getType());
  }

  @ParameterizedTest
  @CsvSource({
    "mikrotik, METALLB_DYN6_MIKROTIK_USER,     user",
    "mikrotik, METALLB_DYN6_MIKROTIK_PASSWORD, password",
    "opnsense, METALLB_DYN6_OPNSENSE_KEY,      key",
    "opnsense, METALLB_DYN6_OPNSENSE_SECRET,   secret",
    "openwrt,  METALLB_DYN6_OPENWRT_PASSWORD,  password",
    "pfsense,  METALLB_DYN6_PFSENSE_KEY,       key",
    "vyos,     METALLB_DYN6_VYOS_KEY,          key"
  })
  void credentialsComeFromASecret(String router, String name, String key) {
    assertThat(variable(with("source-" + router), name).getValueFrom().getSecretKeyRef())
        .returns("metallb-dyn6-" + router, SecretKeySelector::getName)
        .returns(key, SecretKeySelector::getKey);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mikrotik", "opnsense", "pfsense", "vyos"})
  void routersAreTrustedByTheCertificateThatIsMounted(String router) {
    Manifests built = with("source-" + router);

    assertThat(built.podSpec().getVolumes())
        .filteredOn(it -> it.getName().equals(router))
        .singleElement()
        .extracting(it -> it.getProjected().getSources().get(0).getSecret().getItems())
        .asString()
        .contains("ca.pem")
        .doesNotContain("key=secret");
    assertThat(built.container().getVolumeMounts())
        .filteredOn(it -> it.getName().equals(router))
        .singleElement()
        .extracting(it -> it.getMountPath() + "/ca.pem")
        .isEqualTo(variable(built, "METALLB_DYN6_CA_FILE").getValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source-node                 | metallb-system",
        "source-node,cross-namespace | metallb-dyn6",
        "cross-namespace,source-node | metallb-dyn6"
      })
  void sourceNodeMayReadNodesAndNothingElse(String components, String namespace) {
    Manifests built =
        Kubectl.build(
            Components.overlay(components.replace(',', '-'), List.of(components.split(","))));
    ClusterRole role = built.the(ClusterRole.class);

    assertThat(role.getRules())
        .containsExactly(
            new PolicyRuleBuilder()
                .withApiGroups("")
                .withResources("nodes")
                .withVerbs("get", "list")
                .build());
    assertThat(built.the(ClusterRoleBinding.class).getRoleRef())
        .returns("ClusterRole", RoleRef::getKind)
        .returns(role.getMetadata().getName(), RoleRef::getName);
    assertThat(built.the(ClusterRoleBinding.class).getSubjects())
        .containsExactly(
            new SubjectBuilder()
                .withKind("ServiceAccount")
                .withName(built.podSpec().getServiceAccountName())
                .withNamespace(namespace)
                .build());
  }

  @Test
  void annotatedPoolsAllowsEveryPoolOfTheNamespaceAndNothingElse() {
    Set<Permission> base =
        Permission.of(Kubectl.build(Path.of("kustomize", "base")).the(Role.class));
    Manifests built = with("annotated-pools");
    Set<Permission> more = new HashSet<>(Permission.of(built.the(Role.class)));
    more.removeAll(base);

    assertThat(more)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of("get", "list", "watch", "patch")
                .map(verb -> new Permission("metallb.io", "ipaddresspools", "", verb))
                .toList());
    assertThat(built.settings().getData()).containsEntry("METALLB_DYN6_METALLB_POOL", "*");
  }

  @Test
  void noneGivesMoreAccessToMetalLbsNamespaceButToWhatMetalLbSays() {
    var allowed =
        new HashSet<>(Permission.of(Kubectl.build(Path.of("kustomize", "base")).the(Role.class)));
    allowed.add(new Permission("metallb.io", "configurationstates", "", "list"));

    assertThat(Components.names())
        .filteredOn(
            name ->
                !List.of("follower-dns-endpoint", "annotated-pools", "high-availability")
                    .contains(name))
        .allSatisfy(
            name -> assertThat(Permission.of(with(name).the(Role.class))).isSubsetOf(allowed));
  }

  @Test
  void highAvailabilityAllowsTheLeaseOfItsSettingAndNothingElse() {
    Manifests built = with("high-availability");
    String lease = built.settings().getData().get("METALLB_DYN6_LEASE");
    Set<Permission> more = new HashSet<>(Permission.of(built.the(Role.class)));
    more.removeAll(Permission.of(Kubectl.build(Path.of("kustomize", "base")).the(Role.class)));

    assertThat(more)
        .containsExactlyInAnyOrder(
            new Permission("coordination.k8s.io", "leases", lease, "get"),
            new Permission("coordination.k8s.io", "leases", lease, "patch"),
            new Permission("coordination.k8s.io", "leases", lease, "watch"),
            new Permission("coordination.k8s.io", "leases", "", "create"));
  }

  @Test
  void highAvailabilityStartsTheNewReplicaBeforeItStopsAnOldOne() {
    Manifests built = with("high-availability");
    var deployment = built.the(Deployment.class).getSpec();
    var budget = built.the(PodDisruptionBudget.class);

    assertThat(deployment.getReplicas()).isEqualTo(2);
    assertThat(deployment.getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(deployment.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    assertThat(deployment.getStrategy().getRollingUpdate().getMaxSurge().getIntVal()).isOne();
    assertThat(budget.getSpec().getSelector().getMatchLabels()).isEqualTo(podLabels(built));
    assertThat(budget.getMetadata().getNamespace())
        .isEqualTo(built.the(Deployment.class).getMetadata().getNamespace());
    assertThat(
            built
                .podSpec()
                .getAffinity()
                .getPodAntiAffinity()
                .getPreferredDuringSchedulingIgnoredDuringExecution())
        .singleElement()
        .extracting(it -> it.getPodAffinityTerm().getLabelSelector().getMatchLabels())
        .isEqualTo(podLabels(built));
  }

  @Test
  void dnsEndpointsAreReadAndWrittenButNotListed() {
    var added = new HashSet<>(Permission.of(with("follower-dns-endpoint").the(Role.class)));
    added.removeAll(Permission.of(Kubectl.build(Path.of("kustomize", "base")).the(Role.class)));
    assertThat(added)
        .containsExactlyInAnyOrder(
            new Permission("externaldns.k8s.io", "dnsendpoints", "", "create"),
            new Permission("externaldns.k8s.io", "dnsendpoints", "", "get"),
            new Permission("externaldns.k8s.io", "dnsendpoints", "", "patch"));
  }

  private static Manifests with(String component) {
    return Kubectl.build(Components.overlay(component, List.of(component)));
  }

  private static Map<String, String> podLabels(Manifests manifests) {
    return manifests.the(Deployment.class).getSpec().getTemplate().getMetadata().getLabels();
  }
}
