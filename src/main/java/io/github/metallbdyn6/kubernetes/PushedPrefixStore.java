package io.github.metallbdyn6.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PushedPrefix;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

  /** So long a router is kept waiting for a pass. */
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Supplier<Collection<IpAddressPool>> pools;
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
    this.pools = pools;
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
          newest(pool -> pool.cache.current().orElseGet(pool::read))
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
    return mine != null
        && !dryRun
        && clients().stream()
            .filter(pool -> pool.pending.get().isEmpty())
            .flatMap(pool -> pool.cache.newest().stream())
            .flatMap(pool -> in(pool).stream())
            .anyMatch(kept -> !kept.prefix().equals(mine.prefix()));
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
    clients().stream()
        .filter(pool -> pool.toString().equals(pass.pool()))
        .forEach(pool -> forgetIn(pool, now));
  }

  private void forgetIn(PoolClient pool, CurrentPrefix now) {
    Optional<String> annotation = pool.cache.newest().flatMap(PushedPrefixStore::text);
    Optional.ofNullable(known)
        .or(() -> annotation.flatMap(PushedPrefix::parse))
        .filter(pushed -> !pushed.prefix().isOneWith(now.prefix()))
        .ifPresent(pushed -> forget(pool, pushed, annotation, now));
  }

  private void forget(
      PoolClient pool, PushedPrefix pushed, Optional<String> annotation, CurrentPrefix now) {
    annotation.ifPresent(
        text -> pool.annotate(AnnotationPatch.removeIf(PushedPrefix.ANNOTATION, text)));
    boolean isNews = known != null || clients().size() == 1;
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
      before = newest(PoolClient::read).orElse(null); // that nothing changes is worth a look
    }
    boolean isNew = before == null || !before.prefix().equals(prefix);
    PushedPrefix pushed =
        before != null && !isNew ? before : new PushedPrefix(prefix, clock.instant());
    if (isNew && !dryRun) {
      String text = pushed.toString();
      clients().forEach(pool -> pool.pending.put(PushedPrefix.ANNOTATION, text));
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
    List<PoolClient> all = clients();
    Instant end = clock.instant().plus(SOON);
    List<RuntimeException> failures = new ArrayList<>();
    for (PoolClient pool : all) {
      if (!pool.pending.awaitWritten(Duration.between(clock.instant(), end))) {
        write(pool).ifPresent(failures::add);
      }
    }
    if (failures.size() == all.size() && !failures.isEmpty()) {
      forget();
      throw failures.get(0);
    }
    return noted;
  }

  /** Returns why it cannot be written, unless a pass has written it meanwhile. */
  private static Optional<RuntimeException> write(PoolClient pool) {
    try {
      pool.pending.get().forEach((name, text) -> pool.sendAnyway(AnnotationPatch.set(name, text)));
      return Optional.empty();
    } catch (RuntimeException e) {
      return pool.pending.get().isEmpty() ? Optional.empty() : Optional.of(e);
    } finally {
      pool.pending.clear();
    }
  }

  private List<PoolClient> clients() {
    return pools.get().stream().map(pool -> pool.client).toList();
  }

  /** One pool that can be read is enough: each keeps all of it. */
  private Optional<PushedPrefix> newest(Function<PoolClient, ApiObject> read) {
    List<RuntimeException> failures = new ArrayList<>();
    List<PushedPrefix> found = new ArrayList<>();
    for (PoolClient pool : clients()) {
      try {
        in(read.apply(pool)).ifPresent(found::add);
      } catch (KubernetesClientException | PoolUnusable e) {
        failures.add(e);
      }
    }
    if (found.isEmpty() && !failures.isEmpty()) {
      throw failures.get(0);
    }
    return found.stream().max(Comparator.comparing(PushedPrefix::at));
  }

  /** The pool knows what was pushed before. */
  private synchronized void forget() {
    known = null;
    repeatedAt = Instant.EPOCH;
  }

  private static Optional<PushedPrefix> in(ApiObject pool) {
    return text(pool).flatMap(PushedPrefix::parse);
  }

  private static Optional<String> text(ApiObject pool) {
    return Optional.ofNullable(pool.annotations().get(PushedPrefix.ANNOTATION));
  }
}
