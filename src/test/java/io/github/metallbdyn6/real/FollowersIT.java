package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleFluent;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.ObjectPatch;
import io.github.metallbdyn6.testbed.FakeNameServer;
import io.github.metallbdyn6.testbed.ProgramProcess;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Followers that write into the cluster, with the access that their components bring. */
class FollowersIT extends RealFlow {
  private static final Path CRDS = Path.of("src/test/resources/crds");
  private static final int NO_SUCH_NAME = 3;
  private static final Map<String, String> LABEL = Map.of("metallb-dyn6/renumber", "true");
  private static final String GROUP =
      """
      apiVersion: cilium.io/v2alpha1
      kind: CiliumCIDRGroup
      metadata: {name: home, labels: {metallb-dyn6/renumber: "true"}}
      spec: {externalCIDRs: ["192.0.2.0/24", "2001:db8:a::/64"]}
      """;
  private static final String POLICY =
      """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: from-home
        labels: {metallb-dyn6/renumber: "true"}
        annotations: {example.com/why: "2001:db8:a::7 is the printer", example.com/other: kept}
      spec:
        podSelector: {}
        ingress:
          - from:
              - ipBlock: {cidr: "2001:db8:a::/64", except: ["2001:db8:a::1000/116"]}
              - ipBlock: {cidr: 192.0.2.0/24}
      """;

  private static final String CILIUM_POLICY =
      """
      apiVersion: cilium.io/v2
      kind: CiliumNetworkPolicy
      metadata: {name: from-home, labels: {metallb-dyn6/renumber: "true"}}
      spec:
        endpointSelector: {}
        ingress: [{fromCIDRSet: [{cidr: "2001:db8:a::/64"}]}]
      """;
  private static final String GATEWAY =
      """
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: web, labels: {metallb-dyn6/renumber: "true"}}
      spec:
        gatewayClassName: example
        addresses:
          - {type: IPAddress, value: "2001:db8:a::1080"}
          - {type: IPAddress, value: 192.0.2.80}
      """;

  private static final List<String> RENUMBERED =
      List.of(
          "networkpolicies", "configmaps", "ciliumcidrgroups", "ciliumnetworkpolicies", "gateways");

  /** No object of a user may be changed by the program's account. */
  private static final String REFUSAL =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicy
      metadata: {name: NAMESPACE}
      spec:
        matchConstraints:
          resourceRules:
            - {apiGroups: ["*"], apiVersions: ["*"], operations: [UPDATE], resources: ["*"]}
        matchConditions:
          - name: program
            expression: >-
              request.userInfo.username == 'system:serviceaccount:NAMESPACE:metallb-dyn6'
              && request.resource.group != 'metallb.io'
        validations:
          - {expression: "false", reason: Invalid, message: refused by the test}
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: ValidatingAdmissionPolicyBinding
      metadata: {name: NAMESPACE}
      spec: {policyName: NAMESPACE, validationActions: [Deny]}
      """;

  private static final Map<String, String> HOST =
      Map.of("METALLB_DYN6_HOSTS", "nas.example.org=::1:25");

  private static final String OTHERS_ENDPOINT =
      """
      apiVersion: externaldns.k8s.io/v1alpha1
      kind: DNSEndpoint
      metadata: {name: metallb-dyn6}
      spec:
        endpoints: [{dnsName: web.example.org, recordType: A, targets: [192.0.2.80]}]
      """;

  private final KubernetesClient client = RealMetalLbRelease.V0_15.server().client();

  @BeforeEach
  void defineResources() throws IOException {
    for (String name :
        List.of("dnsendpoints", "ciliumcidrgroups", "ciliumnetworkpolicies", "gateways")) {
      try (InputStream definition = Files.newInputStream(CRDS.resolve(name + ".yaml"))) {
        client
            .load(definition)
            .items()
            .forEach(it -> client.resource(it).createOr(NonDeletingOperation::update));
      }
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () ->
                client.getApiResources("externaldns.k8s.io/v1alpha1") != null
                    && client.getApiResources("cilium.io/v2alpha1") != null
                    && client.getApiResources("cilium.io/v2") != null
                    && client.getApiResources("gateway.networking.k8s.io/v1") != null);
  }

  /** A follower of a later test renumbers labelled objects of every namespace. */
  @AfterEach
  void removeLabelled() {
    if (home != null) {
      client.genericKubernetesResources("cilium.io/v2alpha1", "CiliumCIDRGroup").delete();
      client.configMaps().inNamespace(namespace()).withLabels(LABEL).delete();
      client.network().networkPolicies().inNamespace(namespace()).withLabels(LABEL).delete();
      client
          .genericKubernetesResources("cilium.io/v2", "CiliumNetworkPolicy")
          .inNamespace(namespace())
          .delete();
      client
          .genericKubernetesResources("gateway.networking.k8s.io/v1", "Gateway")
          .inNamespace(namespace())
          .delete();
    }
  }

  private String namespace() {
    return home.cluster().namespace();
  }

  private ProgramProcess startWith(String followers, Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("METALLB_DYN6_FOLLOWERS", followers);
    variables.put("METALLB_DYN6_MAX_CHANGES_PER_HOUR", "0");
    return start(variables);
  }

  private void awaitTold(String follower, String prefix) {
    eventually(
        () ->
            assertThat(home.cluster().annotations().getOrDefault(FollowerRecord.TOLD, ""))
                .as(this::story)
                .contains(follower + "=" + prefix + "::/64@"));
  }

  private void createConfigMap(String name, Map<String, String> labels, String text) {
    ConfigMap map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withLabels(labels)
            .endMetadata()
            .withData(Map.of("Corefile", text))
            .build();
    client.configMaps().inNamespace(namespace()).resource(map).create();
  }

  private String textOf(String name) {
    return configMap(name).getData().get("Corefile");
  }

  private ConfigMap configMap(String name) {
    return client.configMaps().inNamespace(namespace()).withName(name).get();
  }

  private NetworkPolicy policy() {
    return client
        .network()
        .v1()
        .networkPolicies()
        .inNamespace(namespace())
        .withName("from-home")
        .get();
  }

  private List<String> groups() {
    GenericKubernetesResource group =
        client
            .genericKubernetesResources("cilium.io/v2alpha1", "CiliumCIDRGroup")
            .withName("home")
            .get();
    return group.get("spec", "externalCIDRs");
  }

  private String spec(String api, String kind, String name) {
    GenericKubernetesResource object =
        client.genericKubernetesResources(api, kind).inNamespace(namespace()).withName(name).get();
    return object.getAdditionalProperties().get("spec").toString();
  }

  @Test
  void renumberWhatIsLabelledAndNothingElse() {
    startHome(RealMetalLbRelease.V0_15, "follower-renumber", "handover");
    client.resource(POLICY).inNamespace(namespace()).create();
    client.resource(GROUP).create();
    client.resource(CILIUM_POLICY).inNamespace(namespace()).create();
    client.resource(GATEWAY).inNamespace(namespace()).create();
    String zone = "nas 300 IN AAAA 2001:db8:a::1:25\nat 12:34:56 2001:DB8:A::1:26 2001:db8:f::1\n";
    createConfigMap("zone", LABEL, zone);
    createConfigMap("unlabelled", Map.of(), zone);
    createConfigMap("without", LABEL, "2001:db8:f::1");
    Secret secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName("secret")
            .withLabels(LABEL)
            .endMetadata()
            .withStringData(Map.of("a", "2001:db8:a::1"))
            .build();
    client.secrets().inNamespace(namespace()).resource(secret).create();
    String untouched = configMap("without").getMetadata().getResourceVersion();
    ProgramProcess program = startWith("renumber", Map.of());
    awaitTold("renumber", A);
    home.changePrefix(B);
    awaitTold("renumber", B);

    assertThat(textOf("zone"))
        .isEqualTo(
            "nas 300 IN AAAA 2001:db8:b::1:25\nat 12:34:56 2001:DB8:B::1:26 2001:db8:f::1\n");
    assertThat(textOf("unlabelled")).isEqualTo(zone);
    assertThat(groups()).containsExactly("192.0.2.0/24", "2001:db8:b::/64");
    assertThat(policy().getSpec().getIngress().get(0).getFrom().get(0).getIpBlock())
        .satisfies(
            block -> {
              assertThat(block.getCidr()).isEqualTo("2001:db8:b::/64");
              assertThat(block.getExcept()).containsExactly("2001:db8:b::1000/116");
            });
    assertThat(spec("cilium.io/v2", "CiliumNetworkPolicy", "from-home"))
        .contains("2001:db8:b::/64")
        .doesNotContain("2001:db8:a:");
    assertThat(spec("gateway.networking.k8s.io/v1", "Gateway", "web"))
        .contains("2001:db8:b::1080", "192.0.2.80")
        .doesNotContain("2001:db8:a:");
    assertThat(policy().getMetadata().getAnnotations())
        .containsEntry("example.com/why", "2001:db8:b::7 is the printer")
        .containsEntry("example.com/other", "kept")
        .containsEntry(ObjectPatch.WRITTEN_FOR, "2001:db8:b::/64");
    assertThat(configMap("without").getMetadata().getResourceVersion()).isEqualTo(untouched);

    program.kill();
    home.changePrefix(C);
    startWith("renumber", Map.of());
    awaitTold("renumber", C);
    assertThat(textOf("zone")).startsWith("nas 300 IN AAAA 2001:db8:c::1:25\n");
    assertThat(groups()).containsExactly("192.0.2.0/24", "2001:db8:c::/64");

    assertThat(installation.audit().requests())
        .as("the Secret is not even looked at")
        .noneMatch(request -> request.toString().contains("secrets"));
    assertNothingRefused(404, 504); // kinds that are not there; a request of the killed one
  }

  /** It was not there to be seen when the prefix changed, such as in a backup. */
  @Test
  void renumberAnObjectThatMissedChanges() {
    startHome(RealMetalLbRelease.V0_15, "follower-renumber", "handover");
    startWith("renumber", Map.of());
    awaitTold("renumber", A);
    home.changePrefix(B);
    awaitTold("renumber", B);
    ConfigMap old =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("old")
            .withLabels(LABEL)
            .withAnnotations(Map.of(ObjectPatch.WRITTEN_FOR, "2001:db8:a::/64"))
            .endMetadata()
            .withData(Map.of("Corefile", "2001:db8:a::53"))
            .build();
    client.configMaps().inNamespace(namespace()).resource(old).create();
    home.changePrefix(C);
    awaitTold("renumber", C);

    assertThat(textOf("old")).isEqualTo("2001:db8:c::53");
    assertThat(configMap("old").getMetadata().getAnnotations())
        .containsEntry(ObjectPatch.WRITTEN_FOR, "2001:db8:c::/64");
  }

  /** An object that cannot be changed keeps no other one waiting, and shows. */
  @Test
  void renumberTheOthersWhereOneIsRefused() {
    startHome(RealMetalLbRelease.V0_15, "follower-renumber", "handover");
    ConfigMap fixed =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("a-fixed-one")
            .withLabels(LABEL)
            .endMetadata()
            .withImmutable(true)
            .withData(Map.of("Corefile", "2001:db8:a::53"))
            .build();
    client.configMaps().inNamespace(namespace()).resource(fixed).create();
    createConfigMap("zone", LABEL, "2001:db8:a::53");
    ProgramProcess program = startWith("renumber", Map.of());
    awaitTold("renumber", A);
    home.changePrefix(B);
    eventually(() -> assertThat(textOf("zone")).isEqualTo("2001:db8:b::53"));
    awaitLog(program, "Follower renumber has failed: configmaps " + namespace() + "/a-fixed-one");
    assertThat(textOf("a-fixed-one")).isEqualTo("2001:db8:a::53");

    client.configMaps().inNamespace(namespace()).withName("a-fixed-one").delete();
    awaitTold("renumber", B);
    awaitAllGrantedUsed("configmaps");
  }

  @Test
  void publishHostsAndTakeAwayThoseThatAreListedNoMore() throws Exception {
    startHome(RealMetalLbRelease.V0_15, "follower-dns-endpoint", "handover");
    ProgramProcess program =
        startWith(
            "dns-endpoint",
            Map.of(
                "METALLB_DYN6_HOSTS", "nas.example.org=::1:25, vpn.example.org=::1:26",
                "METALLB_DYN6_DNS_ENDPOINT_TTL", "300"));
    awaitTold("dns-endpoint", A);
    assertThat(endpoints())
        .containsExactly(
            Map.of(
                "dnsName",
                "nas.example.org",
                "recordType",
                "AAAA",
                "recordTTL",
                300,
                "targets",
                List.of("2001:db8:a::1:25")),
            Map.of(
                "dnsName",
                "vpn.example.org",
                "recordType",
                "AAAA",
                "recordTTL",
                300,
                "targets",
                List.of("2001:db8:a::1:26")));
    program.terminate();
    assertThat(program.exitStatus()).isZero();
    home.changePrefix(B);
    startWith("dns-endpoint", Map.of("METALLB_DYN6_HOSTS", "vpn.example.org=::1:26"));
    awaitTold("dns-endpoint", B);
    assertThat(endpoints())
        .containsExactly(
            Map.of(
                "dnsName",
                "vpn.example.org",
                "recordType",
                "AAAA",
                "targets",
                List.of("2001:db8:b::1:26")));
    assertNothingRefused(404); // there is no object yet
  }

  /** The zone would refuse the address, or lose the alias. */
  @Test
  void publishNoNameThatIsAnAlias() throws Exception {
    startHome(RealMetalLbRelease.V0_15, "follower-dns-endpoint", "handover");
    try (FakeNameServer zone = new FakeNameServer(InetAddress.getLoopbackAddress())) {
      zone.answers(question -> question.withAlias("gw.example.net"));
      ProgramProcess program =
          startWith(
              "dns-endpoint",
              Map.of(
                  "METALLB_DYN6_HOSTS",
                  "vpn.example.org=::1:26",
                  "METALLB_DYN6_DNS_ENDPOINT_NAME_SERVER",
                  zone.address()));
      awaitLog(program, "vpn.example.org is an alias of gw.example.net");
      assertThat(home.cluster().annotations()).doesNotContainKey(FollowerRecord.TOLD);

      zone.answers(question -> question.withCode(NO_SUCH_NAME));
      awaitTold("dns-endpoint", A);
      assertThat(zone.asked()).contains("udp CNAME vpn.example.org");
    }
    assertThat(endpoints()).hasSize(1);
  }

  /**
   * The audit log calls it patch, also where it creates: without create in the Role, the API server
   * refuses it.
   */
  @Test
  void publishHostsWithAllVerbsOfTheirRole() {
    startHome(RealMetalLbRelease.V0_15, "follower-dns-endpoint");
    editVerbs(rule -> rule.removeFromVerbs("create"));
    ProgramProcess program = startWith("dns-endpoint", HOST);
    awaitLog(
        program,
        "Follower dns-endpoint has failed: access refused (403): a Role must allow verb \"create\" on resource \"dnsendpoints\" in apiGroup \"externaldns.k8s.io\", namespace \"%s\""
            .formatted(namespace()));

    editVerbs(rule -> rule.addToVerbs("create"));
    awaitTold("dns-endpoint", A);
    home.changePrefix(B);
    awaitTold("dns-endpoint", B);
    assertThat(verbs(granted(), "dnsendpoints"))
        .containsExactlyInAnyOrder("create", "get", "patch");
    assertThat(verbs(used(), "dnsendpoints")).containsExactlyInAnyOrder("get", "patch");
    assertNothingRefused(403, 404); // there is no object yet
  }

  private void editVerbs(UnaryOperator<RoleFluent<?>.RulesNested<?>> change) {
    client
        .rbac()
        .roles()
        .inNamespace(namespace())
        .withName("metallb-dyn6")
        .edit(
            role -> {
              RoleBuilder edited = new RoleBuilder(role);
              change
                  .apply(
                      edited.editMatchingRule(rule -> rule.getResources().contains("dnsendpoints")))
                  .endRule();
              return edited.build();
            });
  }

  /** An API server that stalls carries out at last what the program has given up long ago. */
  @Test
  void areNotPutBackByARequestThatArrivesLate() {
    startHome(RealMetalLbRelease.V0_15, "follower-dns-endpoint");
    startWith("dns-endpoint", HOST);
    awaitTold("dns-endpoint", A);
    GenericKubernetesResource late =
        client
            .genericKubernetesResources("externaldns.k8s.io/v1alpha1", "DNSEndpoint")
            .inNamespace(namespace())
            .withName("metallb-dyn6")
            .get();
    late.getMetadata().setManagedFields(null);
    home.changePrefix(B);
    awaitTold("dns-endpoint", B);
    List<Object> newest = endpoints();

    assertThatThrownBy(
            () ->
                client
                    .resource(late)
                    .inNamespace(namespace())
                    .fieldManager("metallb-dyn6")
                    .serverSideApply())
        .isInstanceOfSatisfying(
            KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(409))
        .hasMessageContaining("modified");
    assertThat(endpoints()).isEqualTo(newest);
  }

  /** Records that a person, or another program, keeps in an object of that name are not lost. */
  @Test
  void publishNothingInAnObjectOfSomebodyElse() {
    startHome(RealMetalLbRelease.V0_15, "follower-dns-endpoint");
    client.resource(OTHERS_ENDPOINT).inNamespace(namespace()).create();
    List<Object> before = endpoints();
    ProgramProcess program = startWith("dns-endpoint", HOST);
    awaitLog(
        program,
        "Follower dns-endpoint has failed: somebody else has written the records of the DNSEndpoint %s/metallb-dyn6, and the program leaves them alone: name another object with METALLB_DYN6_DNS_ENDPOINT_NAME, or delete this one"
            .formatted(namespace()));
    assertThat(endpoints()).isEqualTo(before);

    client.resource(OTHERS_ENDPOINT).inNamespace(namespace()).delete();
    awaitTold("dns-endpoint", A);
    assertThat(endpoints()).hasSize(1).isNotEqualTo(before);
  }

  /** A patch that the API server calls invalid may be a race, so that the object is read again. */
  @Test
  void renumberWithEveryVerbOfTheirRoleAndNoOther() {
    startHome(RealMetalLbRelease.V0_15, "follower-renumber");
    createConfigMap("zone", LABEL, "2001:db8:a::53");
    client.resource(GROUP).create();
    List.of(POLICY, CILIUM_POLICY, GATEWAY)
        .forEach(object -> client.resource(object).inNamespace(namespace()).create());
    List<HasMetadata> refusal =
        client
            .load(
                new ByteArrayInputStream(
                    REFUSAL.replace("NAMESPACE", namespace()).getBytes(StandardCharsets.UTF_8)))
            .items();
    try {
      refusal.forEach(it -> client.resource(it).create());
      ProgramProcess program = startWith("renumber", Map.of());
      awaitTold("renumber", A);
      awaitRefused();
      home.changePrefix(B);
      awaitLog(program, "Follower renumber has failed: networkpolicies ");
      RENUMBERED.forEach(this::awaitAllGrantedUsed);
      assertThat(textOf("zone")).isEqualTo("2001:db8:a::53");
    } finally {
      refusal.forEach(it -> client.resource(it).delete());
    }
    awaitTold("renumber", B);
    assertThat(textOf("zone")).isEqualTo("2001:db8:b::53");
    assertNothingRefused(404, 422); // kinds in versions that are not there
  }

  /** The API server takes a moment until a policy is at work. */
  private void awaitRefused() {
    try (KubernetesClient program =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(client.getConfiguration())
                    .withImpersonateUsername(
                        "system:serviceaccount:%s:metallb-dyn6".formatted(namespace()))
                    .build())
            .build()) {
      eventually(
          () ->
              assertThatThrownBy(
                      () ->
                          program
                              .configMaps()
                              .inNamespace(namespace())
                              .withName("zone")
                              .dryRun()
                              .patch(
                                  PatchContext.of(PatchType.JSON_MERGE),
                                  "{\"data\":{\"x\":\"y\"}}"))
                  .hasMessageContaining("refused by the test"));
    }
  }

  private List<Object> endpoints() {
    GenericKubernetesResource endpoint =
        client
            .genericKubernetesResources("externaldns.k8s.io/v1alpha1", "DNSEndpoint")
            .inNamespace(namespace())
            .withName("metallb-dyn6")
            .get();
    return endpoint.get("spec", "endpoints");
  }
}
