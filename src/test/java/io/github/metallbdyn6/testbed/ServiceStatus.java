package io.github.metallbdyn6.testbed;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.LoadBalancerIngressBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Objects;

/** The addresses in a service's {@code status.loadBalancer.ingress}. */
final class ServiceStatus {
  private ServiceStatus() {}

  /** Returns them as they stand there. */
  static List<String> addresses(Service service) {
    if (service.getStatus() == null || service.getStatus().getLoadBalancer() == null) {
      return List.of();
    }
    return service.getStatus().getLoadBalancer().getIngress().stream()
        .map(LoadBalancerIngress::getIp)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Replaces all of them; a 409 if the service has changed meanwhile. */
  static void write(KubernetesClient client, Service service, List<String> addresses) {
    List<LoadBalancerIngress> ingress =
        addresses.stream().map(ip -> new LoadBalancerIngressBuilder().withIp(ip).build()).toList();
    client
        .services()
        .inNamespace(service.getMetadata().getNamespace())
        .resource(
            new ServiceBuilder(service)
                .editOrNewStatus()
                .withNewLoadBalancer()
                .withIngress(ingress)
                .endLoadBalancer()
                .endStatus()
                .build())
        .updateStatus();
  }
}
