package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What routers have pushed: kept in the pool's annotation, so that a restart knows it, and here, so
 * that a pass need not ask.
 */
public final class PushMemory {
  private final IpAddressPool pool;
  private final Clock clock;
  private final boolean dryRun;
  private @Nullable PushedPrefix known;

  /**
   * Creates an empty memory; nothing is asked of the cluster yet.
   *
   * @param dryRun whether the annotation is left as it is
   */
  public PushMemory(IpAddressPool pool, Clock clock, boolean dryRun) {
    this.pool = pool;
    this.clock = clock;
    this.dryRun = dryRun;
  }

  /**
   * A push that was accepted and kept.
   *
   * @param prefix what was pushed
   * @param isNew whether it differs from what was known before
   */
  public record Kept(Ipv6Prefix prefix, boolean isNew) {}

  /**
   * Returns the prefix that was pushed last.
   *
   * @throws RefusedAnswer when none was pushed yet
   * @throws PoolUnusable as {@link IpAddressPool#read} does
   * @throws io.fabric8.kubernetes.client.KubernetesClientException likewise
   */
  public synchronized String recall() {
    PushedPrefix pushed = known;
    if (pushed == null) {
      pushed =
          annotation()
              .orElseThrow(
                  () ->
                      new RefusedAnswer(
                          RefusedAnswer.Reason.NOT_YET, "no prefix has been pushed yet"));
      known = pushed;
    }
    return pushed.prefix().toString();
  }

  /**
   * Keeps a prefix, in the pool before here. The patch has this one annotation in it, and no
   * version: whatever else is changed at the same moment stays changed.
   *
   * @throws PoolUnusable as {@link IpAddressPool#read} does; nothing is kept then
   * @throws io.fabric8.kubernetes.client.KubernetesClientException likewise
   */
  public synchronized Kept keep(Ipv6Prefix prefix) {
    PushedPrefix before = known;
    if (!dryRun && (before == null || before.prefix().equals(prefix))) {
      before = annotation().orElse(null); // that nothing changes is worth a look
    }
    boolean isNew = before == null || !before.prefix().equals(prefix);
    if (isNew) {
      before = new PushedPrefix(prefix, clock.instant());
      write(before);
    }
    known = before;
    return new Kept(prefix, isNew);
  }

  private void write(PushedPrefix pushed) {
    if (!dryRun) {
      Map<String, String> annotation = Map.of(PushedPrefix.ANNOTATION, pushed.toString());
      pool.send(
          PatchType.JSON_MERGE, Json.text(Map.of("metadata", Map.of("annotations", annotation))));
    }
  }

  private Optional<PushedPrefix> annotation() {
    @Nullable GenericKubernetesResource live = pool.pools().withName(pool.name).get();
    if (live == null) {
      pool.read(); // says what is missing
      return Optional.empty();
    }
    @Nullable Map<String, String> annotations = live.getMetadata().getAnnotations();
    return Optional.ofNullable(annotations)
        .map(all -> all.get(PushedPrefix.ANNOTATION))
        .flatMap(PushedPrefix::parse);
  }
}
