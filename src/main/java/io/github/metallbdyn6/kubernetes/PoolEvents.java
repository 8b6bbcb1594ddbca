package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.EventWriter.ObjectReference;
import io.github.metallbdyn6.pass.KubernetesEvent;

/** The Kubernetes Events that {@code kubectl describe} shows below the pool. */
public final class PoolEvents {
  private final EventWriter writer;
  private final String namespace;
  private final String name;
  private final IpAddressPool pool;

  /** Names the pool that they are about; nothing is asked of the cluster yet. */
  public PoolEvents(KubernetesClient client, String namespace, String name, IpAddressPool pool) {
    this.writer = new EventWriter(client);
    this.namespace = namespace;
    this.name = name;
    this.pool = pool;
  }

  /**
   * Creates an Event in one request; in two when the pool was never read, since kubectl finds a
   * pool's Events by its uid.
   *
   * @throws PoolUnusable when there is no pool that it could be about
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached
   */
  public void create(KubernetesEvent event) {
    writer.create(
        event,
        new ObjectReference(IpAddressPool.API, IpAddressPool.KIND, namespace, name, pool.uid()));
  }
}
