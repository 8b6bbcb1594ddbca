package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.github.metallbdyn6.pool.PoolState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A cluster with MetalLB's resources in a namespace of its own: fabric8's API server, or the one
 * that {@code METALLB_DYN6_IT_KUBECONFIG} names. The program reaches it through a proxy that writes
 * down its requests; the tests look at it directly.
 */
public final class TestCluster implements AutoCloseable {

  /** The variable that names a real cluster's kubeconfig. */
  public static final String REAL_CLUSTER = "METALLB_DYN6_IT_KUBECONFIG";

  /**
   * The variable that names the namespace of a real MetalLB in that cluster. Without it MetalLB is
   * the testbed's, with a namespace of its own.
   */
  public static final String REAL_METALLB = "METALLB_DYN6_IT_METALLB_NAMESPACE";

  /** The system property with which every cluster is a real API server of this machine. */
  static final String REAL_PARTS = "real.parts";

  /** The pool's name. */
  public static final String POOL = "public";

  static final ResourceDefinitionContext POOLS =
      new ResourceDefinitionContext.Builder()
          .withGroup("metallb.io")
          .withVersion("v1beta1")
          .withKind("IPAddressPool")
          .withPlural("ipaddresspools")
          .withNamespaced(true)
          .build();

  private final KubernetesClient client;
  private final AutoCloseable server;
  private final ApiProxy proxy;
  private final String namespace;
  private final MetalLbPods pods;
  private final boolean hasMetalLb;
  private final List<String> appNamespaces = new ArrayList<>();

  private TestCluster(
      KubernetesClient client, AutoCloseable server, String namespace, boolean hasMetalLb) {
    this.client = client;
    this.server = server;
    this.proxy = new ApiProxy(client);
    this.namespace = namespace;
    this.hasMetalLb = hasMetalLb;
    if (!hasMetalLb) {
      createNamespace(namespace);
      createServiceAccount();
    }
    this.pods = new MetalLbPods(client, namespace);
  }

  /** Starts a cluster with MetalLB's resources, or takes the real one. */
  public static TestCluster start() {
    if (Boolean.getBoolean(REAL_PARTS)) {
      return real(RealMetalLbRelease.V0_15);
    }
    if (variable(REAL_CLUSTER).isEmpty()) {
      return fake();
    }
    KubernetesClient real = realClient();
    return new TestCluster(real, real, newNamespace(), false);
  }

  private static String newNamespace() {
    return "metallb-dyn6-it-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** Takes the real cluster with its real MetalLB if there is one, else as {@link #start}. */
  static TestCluster startWithMetalLb() {
    if (variable(REAL_CLUSTER).isEmpty() || variable(REAL_METALLB).isEmpty()) {
      return start();
    }
    Turn turn = Turn.take();
    KubernetesClient real = realClient();
    AutoCloseable both =
        () -> {
          real.close();
          turn.close();
        };
    return new TestCluster(real, both, variable(REAL_METALLB), true);
  }

  /**
   * Takes a namespace of a real API server with the resources of this MetalLB, which does not run.
   */
  public static TestCluster real(RealMetalLbRelease release) {
    return new TestCluster(
        release.server().client(),
        () -> {}, // shared by all tests of this JVM
        "metallb-" + UUID.randomUUID().toString().substring(0, 8),
        false);
  }

  private static String variable(String name) {
    return Objects.requireNonNullElse(System.getenv(name), "").strip();
  }

  private static KubernetesClient realClient() {
    return new KubernetesClientBuilder()
        .withConfig(Config.fromKubeconfig(Path.of(variable(REAL_CLUSTER)).toFile()))
        .build();
  }

  /** Starts a cluster with MetalLB's resources that is not the real one in any case. */
  public static TestCluster fake() {
    FakeApiServer fake = FakeApiServer.withMetalLb();
    return new TestCluster(fake.client(), fake, "metallb-system", false);
  }

  /** Starts a cluster in which MetalLB was never installed; always a fake one. */
  public static TestCluster withoutMetalLb() {
    FakeApiServer fake = FakeApiServer.withoutMetalLb();
    return new TestCluster(fake.client(), fake, "metallb-system", false);
  }

  /**
   * Creates a namespace besides MetalLB's, and returns its name: a new one each time, since nobody
   * removes namespaces where no controller runs.
   */
  String createNamespace() {
    return createAppNamespace(newNamespace() + "-apps");
  }

  /** Creates a namespace of this name besides MetalLB's, and returns its name. */
  String createAppNamespace(String name) {
    createNamespace(name);
    appNamespaces.add(name);
    return name;
  }

  private void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  /** Admission asks for it, and where no controller runs nobody else makes it. */
  private void createServiceAccount() {
    client
        .serviceAccounts()
        .inNamespace(namespace)
        .resource(
            new ServiceAccountBuilder().withNewMetadata().withName("default").endMetadata().build())
        .createOr(io.fabric8.kubernetes.client.dsl.NonDeletingOperation::update);
  }

  /** Returns the namespace of the pool and the pods. */
  public String namespace() {
    return namespace;
  }

  /** Returns what the program's requests go through. */
  public ApiProxy api() {
    return proxy;
  }

  /** Tells whether a real MetalLB runs in the namespace. */
  boolean hasMetalLb() {
    return hasMetalLb;
  }

  /** Returns MetalLB's pods. */
  public MetalLbPods pods() {
    return pods;
  }

  /** Writes a kubeconfig for the program, which leads through the proxy. */
  public Path kubeconfig(Path folder) {
    try {
      return Files.writeString(
          folder.resolve("kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: test
          clusters: [{name: test, cluster: {server: "%s"}}]
          contexts: [{name: test, context: {cluster: test, user: test}}]
          users: [{name: test, user: {token: test}}]
          """
              .formatted(proxy.uri()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Creates the pool with these addresses, and with fields and annotations that nobody may touch.
   */
  public void createPool(List<String> addresses) {
    createPool(addresses, Map.of("example.com/owner", "somebody"));
  }

  /** Creates another pool with these addresses, which MetalLB gives to whoever asks for it. */
  public void createPool(String name, List<String> addresses) {
    GenericKubernetesResource pool = new GenericKubernetesResource();
    pool.setApiVersion("metallb.io/v1beta1");
    pool.setKind("IPAddressPool");
    pool.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    pool.setAdditionalProperty("spec", Map.of("addresses", addresses, "autoAssign", false));
    client.genericKubernetesResources(POOLS).inNamespace(namespace).resource(pool).create();
  }

  /** Creates the pool with these addresses and annotations. */
  public void createPool(List<String> addresses, Map<String, String> annotations) {
    GenericKubernetesResource pool = new GenericKubernetesResource();
    pool.setApiVersion("metallb.io/v1beta1");
    pool.setKind("IPAddressPool");
    pool.setMetadata(
        new ObjectMetaBuilder()
            .withName(POOL)
            .withNamespace(namespace)
            .withLabels(Map.of("example.com/label", "kept"))
            .withAnnotations(annotations)
            .build());
    pool.setAdditionalProperty(
        "spec", Map.of("addresses", addresses, "autoAssign", false, "avoidBuggyIPs", true));
    client.genericKubernetesResources(POOLS).inNamespace(namespace).resource(pool).create();
  }

  /** Creates one more pool with these addresses. */
  public void createAnotherPool(String name, List<String> addresses) {
    GenericKubernetesResource pool = new GenericKubernetesResource();
    pool.setApiVersion("metallb.io/v1beta1");
    pool.setKind("IPAddressPool");
    pool.setMetadata(new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
    pool.setAdditionalProperty("spec", Map.of("addresses", addresses));
    client.genericKubernetesResources(POOLS).inNamespace(namespace).resource(pool).create();
  }

  /** Returns the entries of a pool. */
  public List<String> addressesOf(String name) {
    return client
        .genericKubernetesResources(POOLS)
        .inNamespace(namespace)
        .withName(name)
        .get()
        .get("spec", "addresses");
  }

  /** Changes the pool as a user with kubectl would. */
  public void patchPool(String mergePatch) {
    resource().patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
  }

  /** Has the pool's status say how many IPv6 addresses are assigned and available. */
  public void setPoolCounts(long assigned, long available) {
    new PoolStatus(0, assigned, 0, available).write(resource());
  }

  /** Returns the annotations of a pool. */
  public Map<String, String> annotationsOf(String name) {
    return client
        .genericKubernetesResources(POOLS)
        .inNamespace(namespace)
        .withName(name)
        .get()
        .getMetadata()
        .getAnnotations();
  }

  /** Gives a pool an annotation. */
  public void annotate(String name, String annotation, String value) {
    patchPool(
        name, "{\"metadata\":{\"annotations\":{\"%s\":\"%s\"}}}".formatted(annotation, value));
  }

  /** Takes an annotation off a pool. */
  public void unannotate(String name, String annotation) {
    patchPool(name, "{\"metadata\":{\"annotations\":{\"%s\":null}}}".formatted(annotation));
  }

  private void patchPool(String name, String mergePatch) {
    client
        .genericKubernetesResources(POOLS)
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
  }

  /** Removes another pool. */
  public void deletePool(String name) {
    client.genericKubernetesResources(POOLS).inNamespace(namespace).withName(name).delete();
  }

  /** Removes the pool. */
  public void deletePool() {
    resource().delete();
  }

  /** Returns the live pool's entries. */
  public List<String> addresses() {
    return ((List<?>) spec().get("addresses")).stream().map(String.class::cast).toList();
  }

  /** Returns the live pool's whole spec. */
  public Map<?, ?> spec() {
    return (Map<?, ?>) pool().getAdditionalProperties().get("spec");
  }

  /** Returns the live pool's annotations. */
  public Map<String, String> annotations() {
    return pool().getMetadata().getAnnotations();
  }

  /** Tells whether the pool says that MetalLB is still to be restarted. */
  public boolean reloadPending() {
    return annotations().containsKey(PoolState.RELOAD_MARK);
  }

  /** Returns the live pool's labels. */
  public Map<String, String> labels() {
    return pool().getMetadata().getLabels();
  }

  /** Returns the live pool's version. */
  public String resourceVersion() {
    return pool().getMetadata().getResourceVersion();
  }

  /** Returns the live pool. */
  public GenericKubernetesResource pool() {
    return resource().get();
  }

  /** Returns a client that does not go through the proxy. */
  public KubernetesClient client() {
    return client;
  }

  private Resource<GenericKubernetesResource> resource() {
    return client.genericKubernetesResources(POOLS).inNamespace(namespace).withName(POOL);
  }

  /** Returns the pods as kubectl would show them. */
  public List<Pod> listPods() {
    return client.pods().inNamespace(namespace).list().getItems();
  }

  /**
   * Leaves no service behind: where no controller runs a namespace is never emptied, and the next
   * MetalLB of the same API server would give addresses to its services.
   */
  @Override
  public void close() throws Exception {
    pods.close();
    proxy.close();
    for (String name : appNamespaces) {
      client.services().inNamespace(name).delete();
      client.namespaces().withName(name).delete();
    }
    if (!hasMetalLb) {
      client.namespaces().withName(namespace).delete();
    }
    server.close();
  }
}
