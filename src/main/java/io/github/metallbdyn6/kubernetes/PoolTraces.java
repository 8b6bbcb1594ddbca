package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PoolRelease;
import io.github.metallbdyn6.pool.PoolState;
import java.util.Collection;

/** The traces of the program in a pool: its annotations, and its ranges. */
public final class PoolTraces {
  private final PoolClient client;

  /** Nothing is asked of the cluster yet. */
  public PoolTraces(IpAddressPool pool) {
    client = pool.client;
  }

  /**
   * Reads the pool with all that the program has left in it.
   *
   * @param withoutRange whether the ranges of ours are to leave the pool
   * @throws KubernetesClientException as {@link IpAddressPool#read}
   */
  public PoolRelease read(boolean withoutRange) {
    ApiObject pool = client.read();
    return new PoolRelease(PoolObject.stateOf(pool), PoolObject.tracesIn(pool), withoutRange);
  }

  /**
   * Asks a program that keeps the pool for a pass, which it begins by taking the question away.
   *
   * @throws KubernetesClientException as {@link IpAddressPool#read}
   */
  public void askProgram() {
    client.annotate(AnnotationPatch.set(PoolOrders.CHECK_NOW, "release"));
  }

  /**
   * Tells whether nobody has taken the question of {@link #askProgram} away.
   *
   * @throws KubernetesClientException as {@link IpAddressPool#read}
   */
  public boolean isProgramSilent() {
    return client.read().annotations().containsKey(PoolOrders.CHECK_NOW);
  }

  /**
   * Takes these ranges and every annotation of the program out of the pool, in one request.
   *
   * @throws KubernetesClientException as {@link IpAddressPool#read}; 409 when the pool has changed
   *     since
   */
  public void release(PoolRelease release, Collection<AddressRange> ranges) {
    String patch = Json.text(release.patch(ranges));
    PoolState unused = PoolObject.stateOf(client.heard(client.send(PatchType.JSON_MERGE, patch)));
  }
}
