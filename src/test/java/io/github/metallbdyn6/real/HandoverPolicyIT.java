package io.github.metallbdyn6.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.testbed.Installation;
import io.github.metallbdyn6.testbed.RealMetalLbRelease;
import io.github.metallbdyn6.testbed.RealParts;
import io.github.metallbdyn6.testbed.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Changes of a Service that the component handover-policy lets the program's account make. The
 * account has all permissions here, so that it is the policy that refuses.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HandoverPolicyIT {
  private TestCluster cluster;
  private Installation installation;
  private KubernetesClient admin;
  private KubernetesClient program;

  @BeforeAll
  void install() {
    RealParts.require();
    admin = RealMetalLbRelease.V0_15.server().client();
    cluster = TestCluster.real(RealMetalLbRelease.V0_15);
    installation =
        new Installation(
            RealMetalLbRelease.V0_15.server(),
            cluster.namespace(),
            List.of("handover", "handover-policy"));
    admin
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(cluster.namespace())
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject(null, "ServiceAccount", "metallb-dyn6", cluster.namespace())
                .build())
        .create();
    program =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(admin.getConfiguration())
                    .withImpersonateUsername(
                        "system:serviceaccount:%s:metallb-dyn6".formatted(cluster.namespace()))
                    .build())
            .build();
    create();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThatExceptionOfType(KubernetesClientException.class)
                    .isThrownBy(() -> patch(anotherLabel())));
  }

  /** Another one each time: what changes nothing is let through, also by a policy at work. */
  private static String anotherLabel() {
    return "{'metadata': {'labels': {'probe': '%s'}}}".formatted(UUID.randomUUID());
  }

  @BeforeEach
  void create() {
    service(admin).delete();
    admin.resource(build()).create();
  }

  @AfterAll
  void remove() throws Exception {
    service(admin).delete();
    admin.rbac().clusterRoleBindings().withName(cluster.namespace()).delete();
    admin
        .admissionRegistration()
        .v1()
        .validatingAdmissionPolicyBindings()
        .withName("metallb-dyn6")
        .delete();
    admin
        .admissionRegistration()
        .v1()
        .validatingAdmissionPolicies()
        .withName("metallb-dyn6")
        .delete();
    program.close();
    installation.close();
    cluster.close();
  }

  private Service build() {
    return new ServiceBuilder()
        .withNewMetadata()
        .withName("web")
        .withNamespace(cluster.namespace())
        .addToAnnotations("example.com/kept", "yes")
        .addToAnnotations("metallb.io/loadBalancerIPs", "192.0.2.10")
        .addToLabels("app", "web")
        .endMetadata()
        .withNewSpec()
        .withType("LoadBalancer")
        .addToSelector("app", "web")
        .addNewPort()
        .withPort(80)
        .endPort()
        .endSpec()
        .build();
  }

  private ServiceResource<Service> service(KubernetesClient client) {
    return client.services().inNamespace(cluster.namespace()).withName("web");
  }

  private Service patch(String merge) {
    return service(program).patch(PatchContext.of(PatchType.JSON_MERGE), merge.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata': {'annotations': {'metallb-dyn6/handover': 'moving; ...'}}}",
        "{'metadata': {'annotations': {'metallb.io/loadBalancerIPs': null,"
            + " 'metallb.universe.tf/loadBalancerIPs': '192.0.2.11'}}}",
        "{'metadata': {'annotations': {'external-dns.kubernetes.io/target': '2001:db8::1',"
            + " 'external-dns.alpha.kubernetes.io/target': '2001:db8::1'}}}",
        "{'spec': {'loadBalancerIP': '192.0.2.11'}}"
      })
  void allows(String merge) {
    Service patched = patch(merge);

    assertThat(patched.getMetadata().getAnnotations()).containsEntry("example.com/kept", "yes");
    assertThat(
            patched.getMetadata().getGeneration() == null
                && patched
                    .getMetadata()
                    .getAnnotations()
                    .equals(build().getMetadata().getAnnotations())
                && patched.getSpec().getLoadBalancerIP() == null)
        .as("nothing has changed")
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'metadata': {'annotations': {'example.com/kept': 'no'}}}",
        "{'metadata': {'annotations': {'example.com/kept': null}}}",
        "{'metadata': {'annotations': {'example.com/more': 'x'}}}",
        "{'metadata': {'annotations': {'metallb-dyn6/host-part': '::1'}}}",
        "{'metadata': {'annotations': {'metallb.io/address-pool': 'other'}}}",
        "{'metadata': {'annotations': {'metallb.io/allow-shared-ip': 'door'}}}",
        "{'metadata': {'labels': {'app': 'other'}}}",
        "{'metadata': {'labels': null}}",
        "{'metadata': {'finalizers': ['example.com/stay']}}",
        "{'metadata': {'ownerReferences': [{'apiVersion': 'v1', 'kind': 'Pod', 'name': 'x', 'uid':"
            + " 'y'}]}}",
        "{'spec': {'selector': {'app': 'thief'}}}",
        "{'spec': {'ports': [{'port': 81}]}}",
        "{'spec': {'type': 'ClusterIP'}}",
        "{'spec': {'type': 'ExternalName', 'externalName': 'thief.example'}}",
        "{'spec': {'externalIPs': ['192.0.2.66']}}",
        "{'spec': {'loadBalancerSourceRanges': ['192.0.2.0/24']}}",
        "{'spec': {'externalTrafficPolicy': 'Local'}}",
        "{'spec': {'loadBalancerIP': '192.0.2.11', 'sessionAffinity': 'ClientIP'}}"
      })
  void refuses(String merge) {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> patch(merge))
        .withMessageContaining("ValidatingAdmissionPolicy 'metallb-dyn6'")
        .withMessageContaining("metallb-dyn6 may change only");
  }

  @Test
  void refusesToCreateToDeleteAndToWriteAStatus() {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> service(program).delete())
        .withMessageContaining("neither create nor delete");
    Service other = new ServiceBuilder(build()).editMetadata().withName("x").endMetadata().build();
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> program.resource(other).create())
        .withMessageContaining("neither create nor delete");
    Service claimed =
        new ServiceBuilder(service(admin).get())
            .withNewStatus()
            .withNewLoadBalancer()
            .addNewIngress()
            .withIp("192.0.2.66")
            .endIngress()
            .endLoadBalancer()
            .endStatus()
            .build();
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(() -> program.resource(claimed).updateStatus())
        .withMessageContaining("may not change the status");
  }

  @Test
  void leavesEverybodyElseAlone() {
    Service relabelled =
        service(admin)
            .patch(
                PatchContext.of(PatchType.JSON_MERGE),
                "{\"metadata\": {\"labels\": {\"app\": \"other\"}}}");

    assertThat(relabelled.getMetadata().getLabels()).containsEntry("app", "other");
  }
}
