package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.util.HashMap;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * fabric8's Kubernetes API server in CRUD mode, made to behave as the real one where this program
 * depends on it: a merge patch replaces arrays, a failed JSON-patch test is a 422, a stale write is
 * a 409 for the status, too, a service's status changes by its subresource alone, names,
 * annotations, labels and Events must be valid, an object is applied by the only manager that it
 * has, and MetalLB's webhook refuses pools that it cannot use.
 */
final class FakeApiServer implements AutoCloseable {
  private static final CustomResourceDefinitionContext POOLS =
      new CustomResourceDefinitionContext.Builder()
          .withGroup("metallb.io")
          .withVersion("v1beta1")
          .withKind("IPAddressPool")
          .withPlural("ipaddresspools")
          .withScope("Namespaced")
          .withStatusSubresource(true)
          .build();

  private static final CustomResourceDefinitionContext CONFIGURATION_STATES =
      new CustomResourceDefinitionContext.Builder()
          .withGroup("metallb.io")
          .withVersion("v1beta1")
          .withKind("ConfigurationState")
          .withPlural("configurationstates")
          .withScope("Namespaced")
          .build();

  private static final CustomResourceDefinitionContext DNS_ENDPOINTS =
      new CustomResourceDefinitionContext.Builder()
          .withGroup("externaldns.k8s.io")
          .withVersion("v1alpha1")
          .withKind("DNSEndpoint")
          .withPlural("dnsendpoints")
          .withScope("Namespaced")
          .build();

  /** It logs every request; held here, since a logger that nobody holds forgets its level. */
  private static final Logger CHATTER = Logger.getLogger("io.fabric8.mockwebserver");

  static {
    CHATTER.setLevel(Level.WARNING);
  }

  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private FakeApiServer(KubernetesMockServer server) {
    this.server = server;
    server.start();
    this.client = server.createClient();
  }

  /** A cluster with MetalLB's resources, and external-dns's. */
  static FakeApiServer withMetalLb() {
    return new FakeApiServer(
        server(new FaithfulDispatcher(List.of(POOLS, CONFIGURATION_STATES, DNS_ENDPOINTS))));
  }

  /** A cluster in which MetalLB was never installed. */
  static FakeApiServer withoutMetalLb() {
    return new FakeApiServer(server(new FaithfulDispatcher(List.of())));
  }

  private static KubernetesMockServer server(KubernetesCrudDispatcher dispatcher) {
    return new KubernetesMockServer(
        new Context(), new MockWebServer(), new HashMap<>(), dispatcher, false);
  }

  KubernetesClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    server.shutdown();
  }
}
