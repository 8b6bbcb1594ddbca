package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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

  private final PushAnnotations annotations;
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
   * @param pools the pools whose annotations keep the prefix, each of them all of it
   * @param dryRun whether the annotations are left as they are
   */
  public PushedPrefixStore(Supplier<Collection<IpAddressPool>> pools, Clock clock, boolean dryRun) {
    this.annotations = new PushAnnotations(pools, clock);
    this.clock = clock;
    this.dryRun = dryRun;
  }

  /**
   * Returns the prefix that was pushed last.
   *
   * @param decidesFor for how many seconds a push decides by itself
   * @throws RefusedAnswer when none was pushed yet
   * @throws PoolUnusable as {@link IpAddressPool#read} does
   * @throws KubernetesClientException likewise
   */
  public synchronized String recall(int decidesFor) {
    PushedPrefix pushed = isOvertaken() ? null : known;
    if (pushed == null) {
      pushed =
          annotations
              .newest(pool -> pool.cache.current().orElseGet(pool::read))
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

  /** Another replica may have taken a push: what the pool keeps counts, once ours is written. */
  private boolean isOvertaken() {
    PushedPrefix mine = known;
    return mine != null && !dryRun && annotations.contradict(mine);
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
   * @throws KubernetesClientException as {@link IpAddressPool#read}
   */
  public synchronized void forgetContradicted(PoolPass pass) {
    CurrentPrefix now = followed;
    if (pass.plan().held().isPresent()) {
      return;
    }
    if (now == null || now.sources().contains(SOURCE) || dryRun) {
      return;
    }
    annotations.client(pass.pool()).ifPresent(pool -> forgetIn(pool, now));
  }

  private void forgetIn(PoolClient pool, CurrentPrefix now) {
    Optional<String> annotation = pool.cache.newest().flatMap(PushAnnotations::text);
    Optional.ofNullable(known)
        .or(() -> annotation.flatMap(PushedPrefix::parse))
        .filter(pushed -> !pushed.prefix().isOneWith(now.prefix()))
        .ifPresent(pushed -> forget(pool, pushed, annotation, now));
  }

  private void forget(
      PoolClient pool, PushedPrefix pushed, Optional<String> annotation, CurrentPrefix now) {
    annotation.ifPresent(
        text -> pool.annotate(AnnotationPatch.removeIf(PushedPrefix.ANNOTATION, text)));
    boolean isNews = known != null || annotations.isInOnePool();
    known = null;
    LOG.atLevel(isNews ? Level.INFO : Level.DEBUG)
        .log(
            "The pushed prefix {} is out of date and forgotten: source {} answers {}.",
            pushed.prefix(),
            String.join(", ", now.sources()),
            now.prefix());
  }

  /**
   * Notes a prefix for the passes that begin from now on. It is not safe before {@link #keep}.
   *
   * @throws PoolUnusable as {@link IpAddressPool#read} does; nothing is noted then
   * @throws KubernetesClientException likewise
   */
  public synchronized PushedPrefix.Kept note(Ipv6Prefix prefix) {
    PushedPrefix before = known;
    if (!dryRun && (before == null || before.prefix().equals(prefix))) {
      before =
          annotations.newest(PoolClient::read).orElse(null); // that nothing changes is worth a look
    }
    boolean isNew = before == null || !before.prefix().equals(prefix);
    PushedPrefix pushed =
        before != null && !isNew ? before : new PushedPrefix(prefix, clock.instant());
    if (isNew && !dryRun) {
      annotations.put(pushed);
    }
    known = pushed;
    repeatedAt = clock.instant();
    followed = null; // it was found before this push
    mayBeOlder = true;
    return new PushedPrefix.Kept(prefix, isNew);
  }

  /**
   * Returns when the pool keeps the noted prefix: a pass that follows it writes it together with
   * the addresses. If none does so soon, a patch has this one annotation in it, and no version:
   * whatever else is changed at the same moment stays changed.
   *
   * @throws PoolUnusable as {@link IpAddressPool#read} does; then the prefix is noted no more
   * @throws KubernetesClientException likewise
   */
  public PushedPrefix.Kept keep(PushedPrefix.Kept noted) throws InterruptedException {
    try {
      annotations.keep();
    } catch (RuntimeException e) {
      forget();
      throw e;
    }
    return noted;
  }

  /** The pool knows what was pushed before. */
  private synchronized void forget() {
    known = null;
    repeatedAt = Instant.EPOCH;
  }
}
