package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.follower.FollowerMemory;
import io.github.metallbdyn6.follower.FollowerRecord;
import java.util.HashMap;
import java.util.Map;

/** The record of what followers were told, in annotations of the pool. */
public final class FollowerStore implements FollowerMemory {
  private final PoolClient pool;

  /** Nothing is asked of the cluster yet. */
  public FollowerStore(IpAddressPool pool) {
    this.pool = pool.client;
  }

  @Override
  public FollowerRecord current() {
    Map<String, String> annotations = new HashMap<>(written());
    annotations.putAll(pool.pendingRecord.get());
    return FollowerRecord.in(annotations);
  }

  /** A text of which the end is missing says nothing. */
  private Map<String, String> written() {
    Map<String, String> annotations = new HashMap<>();
    pool.cache
        .newest()
        .ifPresent(
            newest -> {
              annotations.putAll(newest.annotations());
              annotations
                  .keySet()
                  .removeIf(name -> newest.cut().contains(ApiObject.annotation(name)));
            });
    return annotations;
  }

  /** A stop is written when it is new: a person may have removed an older one just now. */
  @Override
  public void keep(FollowerRecord record) {
    Map<String, String> annotations = new HashMap<>();
    if (!record.told().isEmpty()) {
      annotations.put(FollowerRecord.TOLD, record.toldText());
    }
    if (!record.stopped().equals(FollowerRecord.in(written()).stopped())) {
      annotations.put(FollowerRecord.STOPPED, record.stoppedText());
    }
    pool.pendingRecord.put(annotations);
  }

  /**
   * Sends one patch, whatever else has changed, unless a patch of the addresses has taken it along.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException when the API server refuses or
   *     cannot be reached; what is not written stays to be written
   */
  @Override
  public void flush() {
    Map<String, String> record = pool.pendingRecord.get();
    if (!record.isEmpty()) {
      pool.annotate(AnnotationPatch.set(record));
      pool.pendingRecord.written(record);
    }
  }
}
