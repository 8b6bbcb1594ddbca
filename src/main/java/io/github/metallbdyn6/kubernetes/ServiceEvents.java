package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.kubernetes.EventWriter.ObjectReference;
import io.github.metallbdyn6.pass.KubernetesEvent;

/** The Kubernetes Events that {@code kubectl describe} shows below a service. */
public final class ServiceEvents {
  private final EventWriter writer;

  /** Nothing is asked of the cluster yet. */
  public ServiceEvents(KubernetesClient client) {
    this.writer = new EventWriter(client);
  }

  /**
   * Creates an Event in one request.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void create(ServiceState service, KubernetesEvent event) {
    writer.create(
        event,
        new ObjectReference("v1", "Service", service.namespace(), service.name(), service.uid()));
  }
}
