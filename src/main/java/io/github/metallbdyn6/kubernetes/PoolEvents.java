package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.pass.KubernetesEvent;

/** The Kubernetes Events that {@code kubectl describe} shows below the pool. */
public final class PoolEvents {
  private final EventWriter writer;
  private final IpAddressPool pool;

  /** Nothing is asked of the cluster yet. */
  public PoolEvents(KubernetesClient client, IpAddressPool pool) {
    this.writer = new EventWriter(client);
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
    writer.create(event, pool.client.reference());
  }
}
