package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The users' services of type LoadBalancer, in a namespace that is not MetalLB's. */
public final class TestServices {

  /**
   * A service as a user writes it.
   *
   * @param name of it
   * @param families IPv4, IPv6, the preferred one first
   * @param annotations all of them
   * @param loadBalancerIp the pin in its spec; empty: none
   * @param port that it listens on
   * @param loadBalancerClass who is to serve it; empty: MetalLB
   * @param type of it
   */
  public record Wanted(
      String name,
      List<String> families,
      Map<String, String> annotations,
      String loadBalancerIp,
      int port,
      String loadBalancerClass,
      String type) {

    /** A service with both families, IPv4 first. */
    public static Wanted dualStack(String name) {
      return new Wanted(name, List.of("IPv4", "IPv6"), Map.of(), "", 80, "", "LoadBalancer");
    }

    /** A service with IPv6 alone. */
    public static Wanted ipv6Only(String name) {
      return dualStack(name).families("IPv6");
    }

    /** A service that is reached from inside the cluster alone. */
    public static Wanted clusterIp(String name) {
      return new Wanted(name, List.of("IPv4"), Map.of(), "", 80, "", "ClusterIP");
    }

    /** Returns the same with these families. */
    public Wanted families(String... newFamilies) {
      return new Wanted(
          name, List.of(newFamilies), annotations, loadBalancerIp, port, loadBalancerClass, type);
    }

    /** Returns the same with one more annotation. */
    public Wanted annotated(String key, String value) {
      Map<String, String> more = new HashMap<>(annotations);
      more.put(key, value);
      return new Wanted(
          name, families, Map.copyOf(more), loadBalancerIp, port, loadBalancerClass, type);
    }

    /** Returns the same with an address in {@code spec.loadBalancerIP}. */
    public Wanted loadBalancerIp(String address) {
      return new Wanted(name, families, annotations, address, port, loadBalancerClass, type);
    }

    /** Returns the same for another load balancer than MetalLB. */
    public Wanted inClass(String newClass) {
      return new Wanted(name, families, annotations, loadBalancerIp, port, newClass, type);
    }

    /** Returns the same on another port. */
    public Wanted port(int newPort) {
      return new Wanted(
          name, families, annotations, loadBalancerIp, newPort, loadBalancerClass, type);
    }
  }

  private final KubernetesClient client;
  private final String namespace;

  TestServices(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** Returns the namespace that they are in. */
  public String namespace() {
    return namespace;
  }

  /** Returns how the history calls a service. */
  public String key(String name) {
    return namespace + "/" + name;
  }

  /** Creates a service. */
  public void create(Wanted wanted) {
    client.services().inNamespace(namespace).resource(build(wanted)).create();
  }

  private Service build(Wanted wanted) {
    ServiceBuilder service =
        new ServiceBuilder()
            .withNewMetadata()
            .withName(wanted.name())
            .withNamespace(namespace)
            .withAnnotations(wanted.annotations())
            .addToLabels("example.com/label", "kept")
            .endMetadata()
            .withNewSpec()
            .withType(wanted.type())
            .withIpFamilies(wanted.families())
            .withIpFamilyPolicy(wanted.families().size() > 1 ? "RequireDualStack" : "SingleStack")
            .addToSelector("app", wanted.name())
            .addNewPort()
            .withProtocol("TCP")
            .withPort(wanted.port())
            .endPort()
            .endSpec();
    if (!wanted.loadBalancerIp().isEmpty()) {
      service.editSpec().withLoadBalancerIP(wanted.loadBalancerIp()).endSpec();
    }
    if (!wanted.loadBalancerClass().isEmpty()) {
      service.editSpec().withLoadBalancerClass(wanted.loadBalancerClass()).endSpec();
    }
    return service.build();
  }

  /** Changes a service as a user with kubectl would. */
  public void patch(String name, String mergePatch) {
    resource(name).patch(PatchContext.of(PatchType.JSON_MERGE), mergePatch);
  }

  /** Sets one annotation as a user with kubectl would; null removes it. */
  public void annotate(String name, String key, String valueOrNull) {
    String value = valueOrNull == null ? "null" : "\"" + valueOrNull + "\"";
    patch(name, "{\"metadata\":{\"annotations\":{\"%s\":%s}}}".formatted(key, value));
  }

  /** Removes a service. */
  public void delete(String name) {
    resource(name).delete();
  }

  /** Removes all services. */
  void deleteAll() {
    client.services().inNamespace(namespace).delete();
  }

  /** Returns the names of all. */
  public List<String> names() {
    return client.services().inNamespace(namespace).list().getItems().stream()
        .map(service -> service.getMetadata().getName())
        .toList();
  }

  /** Returns the addresses in a service's status. */
  public List<String> addresses(String name) {
    return ServiceStatus.addresses(get(name));
  }

  /** Returns the addresses in the status of a service as it was once read. */
  public static List<String> addressesOf(Service service) {
    return ServiceStatus.addresses(service);
  }

  /** Returns a service's annotations. */
  public Map<String, String> annotations(String name) {
    return Objects.requireNonNullElse(get(name).getMetadata().getAnnotations(), Map.of());
  }

  /** Returns a service. */
  public Service get(String name) {
    return resource(name).get();
  }

  private ServiceResource<Service> resource(String name) {
    return client.services().inNamespace(namespace).withName(name);
  }
}
