package io.github.metallbdyn6.report;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.CurrentPrefix;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.metallb.Reload;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told by the routes what happens, knows how things stand, and passes on what happened: to the
 * log, the metrics, Kubernetes Events. It decides nothing.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** Months of an ordinary ISP, and a page that can still be read. */
  private static final int REMEMBERED = 50;

  private final Clock clock;
  private final String source;
  private final Instant startedAt;
  private final List<Consumer<Happening>> readers = new CopyOnWriteArrayList<>();
  private final Deque<PastHappening> history = new ArrayDeque<>();
  private final Reversions reversions = new Reversions();
  private @Nullable CurrentPrefix current;
  private @Nullable Instant prefixSince;
  private @Nullable PoolPlan plan;
  private @Nullable PoolState pool;
  private @Nullable AddressRange kept;
  private @Nullable Instant lastChange;
  private @Nullable Instant lastPass;
  private @Nullable Instant lastSuccess;
  private @Nullable Trouble trouble;
  private @Nullable Instant pausedSince;
  private int misplaced;

  /** Begins with nothing known but who is asked. */
  public Journal(String source, Clock clock) {
    this.source = source;
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** Tells this reader whatever happens from now on, in the thread that it happens in. */
  public void addReader(Consumer<Happening> reader) {
    readers.add(reader);
  }

  /** Notes the prefix that the pool is to follow, and who says so. */
  public void answered(CurrentPrefix answer) {
    Instant now = clock.instant();
    Optional<CurrentPrefix> before = Optional.ofNullable(current);
    Optional<Ipv6Prefix> prefixBefore = before.map(CurrentPrefix::prefix);
    boolean same = prefixBefore.filter(answer.prefix()::equals).isPresent();
    synchronized (this) {
      current = answer;
      prefixSince = same ? prefixSince : now;
    }
    if (!same) {
      note(new Happening.PrefixChanged(now, prefixBefore, answer.prefix(), answer.sources()));
    } else if (before.filter(last -> isOtherSource(last, answer)).isPresent()) {
      note(
          new Happening.SourceChanged(now, before.get().sources().get(0), answer.sources().get(0)));
    }
  }

  /** Of several that agree, one or the other may always be late. */
  private static boolean isOtherSource(CurrentPrefix last, CurrentPrefix now) {
    return last.sources().size() == 1
        && now.sources().size() == 1
        && !last.sources().equals(now.sources());
  }

  /** Notes how the live pool compares with the wanted one. */
  public void planned(PoolPlan settled) {
    Optional<Happening.PoolReverted> news;
    synchronized (this) {
      plan = settled;
      pool = settled.current();
      kept = settled.isChanged() ? kept : settled.desired();
      news = reversions.seen(settled.reversion(), clock.instant());
    }
    news.ifPresent(this::note);
  }

  /** Notes that the plan was carried out, and the pool as it is then. */
  public void patched(PoolPlan done, PoolState now) {
    synchronized (this) {
      pool = now;
      kept = done.desired();
      lastChange = clock.instant();
      reversions.putRight();
    }
    note(new Happening.PoolPatched(clock.instant(), done));
  }

  /** Notes how many services are not where they should be. */
  public synchronized void misplaced(int services) {
    misplaced = services;
  }

  /** Notes that MetalLB runs on the new addresses. */
  public void reloaded(Reload reload) {
    if (!reload.owed().isEmpty()) {
      Duration took = Duration.between(reload.begunAt(), reload.seenAt());
      note(new Happening.MetalLbReloaded(clock.instant(), took, reload.pods()));
    }
  }

  /** Notes that no reload is owed any more. */
  public synchronized void markCleared() {
    pool = pool == null ? null : pool.withoutReloadMark();
  }

  /** Notes why a pass failed or held the pool. */
  public void failed(Throwable failure) {
    debug(failure);
    Instant now = clock.instant();
    Trouble next;
    synchronized (this) {
      next = Explanation.of(failure).after(trouble, now);
      trouble = next;
      lastPass = now;
    }
    note(new Happening.PassFailed(now, next));
  }

  /** Messages of exceptions have whole URLs in them. */
  private static void debug(Throwable failure) {
    if (LOG.isDebugEnabled()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      LOG.debug("Pass failed: {}", Redaction.of(trace.toString()));
    }
  }

  /** Notes that a pass succeeded. */
  public void succeeded() {
    Instant now = clock.instant();
    Optional<Trouble> ended;
    synchronized (this) {
      ended = Optional.ofNullable(trouble);
      trouble = null;
      lastPass = now;
      lastSuccess = now;
    }
    note(new Happening.PassSucceeded(now, ended));
  }

  /** Notes that a router's push was taken. */
  public void pushTaken() {
    note(new Happening.PushTaken(clock.instant()));
  }

  /**
   * Notes that a router's push was not taken.
   *
   * @param reason a name for why
   * @param caller the address that it came from
   * @param why the same in words
   * @param repeated whether the same was told a short while ago
   */
  public void pushRefused(String reason, String caller, String why, boolean repeated) {
    note(new Happening.PushRefused(clock.instant(), reason, caller, why, repeated));
  }

  /** Notes that a person paused the passes, or ended the pause. */
  public void paused(boolean now) {
    Instant time = clock.instant();
    synchronized (this) {
      pausedSince = now ? time : null;
    }
    note(new Happening.PauseChanged(time, now));
  }

  /** Notes that edited routes were taken over, or refused and why. */
  public void edited(boolean refused, String text) {
    note(new Happening.RoutesEdited(clock.instant(), refused, text));
  }

  /** Remembers what happened, and tells the readers. */
  void note(Happening what) {
    if (!what.isEveryday()) {
      remember(what);
    }
    readers.forEach(reader -> reader.accept(what));
  }

  private synchronized void remember(Happening what) {
    history.addLast(PastHappening.of(what));
    if (history.size() > REMEMBERED) {
      history.removeFirst();
    }
  }

  /** Returns how things stand. */
  public synchronized Situation situation() {
    return new Situation(
        startedAt,
        source,
        Optional.ofNullable(current),
        Optional.ofNullable(prefixSince),
        Optional.ofNullable(plan),
        Optional.ofNullable(pool),
        Optional.ofNullable(kept),
        Optional.ofNullable(lastChange),
        Optional.ofNullable(lastPass),
        Optional.ofNullable(lastSuccess),
        Optional.ofNullable(pausedSince).map(Trouble::pause).or(() -> Optional.ofNullable(trouble)),
        Optional.ofNullable(pausedSince),
        misplaced,
        List.copyOf(history));
  }
}
