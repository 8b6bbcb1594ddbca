package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.UUID;

/** Somebody who may edit the services of one namespace, and may do nothing else. */
public final class Insider implements AutoCloseable {
  private static final String NAME = "insider";

  private final KubernetesClient client;
  private final TestServices services;

  /** Makes the namespace, whose name comes before that of the others', and the right to it. */
  public Insider(RealApiServer api) {
    String namespace = "aa-insider-" + UUID.randomUUID().toString().substring(0, 8);
    KubernetesClient admin = api.client();
    admin
        .resource(
            new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
        .create();
    admin
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .addNewRule()
                .withApiGroups("")
                .withResources("services")
                .withVerbs("*")
                .endRule()
                .build())
        .create();
    admin
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(NAME)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
                .addNewSubject("rbac.authorization.k8s.io", "User", NAME, null)
                .build())
        .create();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(admin.getConfiguration())
                    .withImpersonateUsername(NAME)
                    .withImpersonateGroups("system:authenticated")
                    .build())
            .build();
    services = new TestServices(client, namespace);
  }

  /** Returns the services that are this person's. */
  public TestServices services() {
    return services;
  }

  /** Takes all of them away. */
  public void leave() {
    services.deleteAll();
  }

  @Override
  public void close() {
    leave();
    client.close();
  }
}
