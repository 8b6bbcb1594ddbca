package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The prefix that a router has pushed: kept in the pool's annotation, so that a restart knows it,
 * and here, so that a pass need not ask.
 *
 * <p>A router may call in vain, and calls no second time. So a push gives way to another source
 * that contradicts it, unless it is a recent one, and is forgotten when the pool has followed that
 * source: also by a program that has no source push any more, so that the source finds no old push
 * when it is chosen again.
 */
public final class PushedPrefixStore {
  /** The source that recalls what was pushed. */
  public static final String SOURCE = "push";

  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final IpAddressPool pool;
  private final Clock clock;
  private final boolean dryRun;
  private @Nullable PushedPrefix known;

  /** When the router said so last, as far as this process has heard of it. */
  private Instant repeatedAt = Instant.EPOCH;

  private volatile boolean isDisputable;
  private @Nullable CurrentPrefix followed;

  /** Whether a pass may be under way that has asked its sources before the last push. */
  private boolean mayBeOlder;

  /**
   * Creates an empty memory; nothing is asked of the cluster yet.
   *
   * @param dryRun whether the annotation is left as it is
   */
  public PushedPrefixStore(IpAddressPool pool, Clock clock, boolean dryRun) {
    this.pool = pool;
    this.clock = clock;
    this.dryRun = dryRun;
  }

  /**
   * Returns the prefix that was pushed last.
   *
   * @param decidesFor for how many seconds a push decides by itself
   * @throws RefusedAnswer when none was pushed yet
   * @throws PoolUnusable as {@link IpAddressPool#read} does
   * @throws io.fabric8.kubernetes.client.KubernetesClientException likewise
   */
  public synchronized String recall(int decidesFor) {
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
    mayBeOlder = false;
    Instant said = pushed.at().isAfter(repeatedAt) ? pushed.at() : repeatedAt;
    isDisputable = !clock.instant().isBefore(said.plusSeconds(decidesFor));
    return pushed.prefix().toString();
  }

  /** Tells whether the answer of this source gives way to another one that contradicts it. */
  public boolean isDisputable(String source) {
    return source.equals(SOURCE) && isDisputable;
  }

  /**
   * Notes the prefix that the pool is to follow. The first one after a push contradicts nothing: it
   * may have been found before.
   */
  public synchronized void heard(CurrentPrefix prefix) {
    followed = mayBeOlder ? null : prefix;
    mayBeOlder = false;
  }

  /**
   * Forgets the push that another source contradicts, now that the pool has followed that source;
   * not while a change is held.
   *
   * @throws io.fabric8.kubernetes.client.KubernetesClientException as {@link IpAddressPool#read}
   */
  public synchronized void forgetContradicted(PoolPass pass) {
    CurrentPrefix now = followed;
    if (pass.plan().held().isPresent()) {
      return;
    }
    if (now == null || now.sources().contains(SOURCE) || dryRun) {
      return;
    }
    Optional<String> annotation = pool.pushedPrefix();
    Optional.ofNullable(known)
        .or(() -> annotation.flatMap(PushedPrefix::parse))
        .filter(pushed -> !pushed.prefix().isOneWith(now.prefix()))
        .ifPresent(pushed -> forget(pushed, annotation, now));
  }

  private void forget(PushedPrefix pushed, Optional<String> annotation, CurrentPrefix now) {
    annotation.ifPresent(pool::clearPushedPrefix);
    known = null;
    LOG.info(
        "The pushed prefix {} is out of date and forgotten: source {} answers {}.",
        pushed.prefix(),
        String.join(", ", now.sources()),
        now.prefix());
  }

  /**
   * Keeps a prefix, in the pool before here. The patch has this one annotation in it, and no
   * version: whatever else is changed at the same moment stays changed.
   *
   * @throws PoolUnusable as {@link IpAddressPool#read} does; nothing is kept then
   * @throws io.fabric8.kubernetes.client.KubernetesClientException likewise
   */
  public synchronized PushedPrefix.Kept keep(Ipv6Prefix prefix) {
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
    repeatedAt = clock.instant();
    followed = null; // it was found before this push
    mayBeOlder = true;
    return new PushedPrefix.Kept(prefix, isNew);
  }

  private void write(PushedPrefix pushed) {
    if (!dryRun) {
      Map<String, String> annotation = Map.of(PushedPrefix.ANNOTATION, pushed.toString());
      pool.send(
          PatchType.JSON_MERGE, Json.text(Map.of("metadata", Map.of("annotations", annotation))));
    }
  }

  private Optional<PushedPrefix> annotation() {
    return pool.readPushedPrefix().flatMap(PushedPrefix::parse);
  }
}
