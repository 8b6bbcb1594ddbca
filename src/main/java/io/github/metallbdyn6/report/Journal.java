package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.text.Redaction;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
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
  private final Explainer explainer;
  private final String source;
  private final Instant startedAt;
  private final List<Consumer<PassEvent>> readers = new CopyOnWriteArrayList<>();
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
  private final Pauses pauses = new Pauses();
  private final Attention attention;
  private int misplaced;

  /**
   * Begins with nothing known.
   *
   * @param source who is asked
   * @param explainer says what failures mean
   */
  public Journal(String source, Clock clock, Explainer explainer) {
    this.explainer = explainer;
    this.source = source;
    this.clock = clock;
    this.startedAt = clock.instant();
    this.attention = new Attention(clock);
  }

  /** Tells this reader whatever happens from now on, in the thread that it happens in. */
  public void addReader(Consumer<PassEvent> reader) {
    readers.add(reader);
  }

  /** Returns what knows what is not right although passes succeed. */
  public Attention attention() {
    return attention;
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
      note(new PassEvent.PrefixChanged(now, prefixBefore, answer.prefix(), answer.sources()));
    } else if (before.filter(last -> isOtherSource(last, answer)).isPresent()) {
      note(
          new PassEvent.SourceChanged(now, before.get().sources().get(0), answer.sources().get(0)));
    }
  }

  /** Where several sources agree, one or the other may always be late. */
  private static boolean isOtherSource(CurrentPrefix last, CurrentPrefix now) {
    return last.sources().size() == 1
        && now.sources().size() == 1
        && !last.sources().equals(now.sources());
  }

  /** Notes how the live pool compares with the wanted one. */
  public void planned(PoolPass pass) {
    PoolPlan settled = pass.plan();
    if (isFirstLook()) {
      LOG.info("Pool {}: {}.", pass.pool(), settled.ownershipInWords());
    }
    Optional<PassEvent.PoolReverted> news;
    synchronized (this) {
      plan = settled;
      pool = settled.current();
      kept = settled.isChanged() ? kept : settled.desired();
      news = reversions.seen(settled.reversion(), clock.instant());
    }
    news.ifPresent(this::note);
    attention.planned(settled);
  }

  private synchronized boolean isFirstLook() {
    return plan == null;
  }

  /** Notes that the plan was carried out. */
  public void patched(PoolPass pass) {
    synchronized (this) {
      pool = pass.state();
      kept = pass.plan().desired();
      lastChange = clock.instant();
      reversions.putRight();
    }
    note(new PassEvent.PoolPatched(clock.instant(), pass.pool(), pass.plan()));
  }

  /** Notes what a dry run would do. */
  public void dryRun(String what) {
    note(new PassEvent.DryRun(clock.instant(), what));
  }

  /** Notes how many services are not where they should be. */
  public synchronized void misplaced(int services) {
    misplaced = services;
  }

  /** Notes that MetalLB's pods are deleted. */
  public void restarting(PoolPass pass) {
    note(new RestartEvent.RestartBegun(clock.instant(), pass.restart().progress().pods()));
  }

  /** Notes that MetalLB runs on the new addresses. */
  public void restarted(PoolPass pass) {
    note(new RestartEvent.MetalLbReloaded(clock.instant(), pass.restart().progress()));
  }

  /** Notes that a restart was owed, and that the user wants none. */
  public void forgiven() {
    note(new RestartEvent.RestartForgiven(clock.instant()));
  }

  /** Notes that no restart is owed any more. */
  public synchronized void markCleared(PoolPass pass) {
    pool = pass.state();
  }

  /** Notes why a pass failed or held the pool. */
  public void failed(Throwable failure) {
    debug(failure);
    Instant now = clock.instant();
    Trouble next;
    synchronized (this) {
      next = Trouble.after(trouble, explainer.explain(failure), now);
      trouble = next;
      lastPass = now;
    }
    note(new PassEvent.PassFailed(now, next));
    noteServices(now);
  }

  /** Explains a failure. */
  Explanation explain(Throwable failure) {
    return explainer.explain(failure);
  }

  /** Returns why something failed, in a phrase for people. */
  public String reasonOf(Throwable failure) {
    return explainer.reasonOf(failure);
  }

  /** Messages of exceptions have whole URLs in them. */
  private static void debug(Throwable failure) {
    if (LOG.isDebugEnabled()) {
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace, true));
      LOG.debug("Pass failed: {}", Redaction.of(trace.toString()));
    }
  }

  /** Notes the end of a pass: a change that is held is no success. */
  public void ended(PoolPass pass) {
    pass.plan()
        .held()
        .ifPresentOrElse(
            why -> failed(new ChangeHeld(why, pass.plan().reversion().isPresent())),
            this::succeeded);
  }

  /** Notes that a pass succeeded. */
  public void succeeded() {
    Instant now = clock.instant();
    noteServices(now);
    Optional<Trouble> ended;
    synchronized (this) {
      ended = Optional.ofNullable(trouble);
      trouble = null;
      lastPass = now;
      lastSuccess = now;
    }
    note(new PassEvent.PassSucceeded(now, ended));
  }

  /** A service may be in trouble while passes succeed. */
  private void noteServices(Instant now) {
    Status known = situation();
    if (known.pool().isPresent() && known.plan().isPresent()) {
      List<ServiceCondition> unreachable = attention.news(known.pool().get(), known.plan().get());
      if (!unreachable.isEmpty()) {
        note(new HandoverEvent.ServicesUnreachable(now, unreachable));
      }
    }
  }

  /** Notes that a router's push was taken. */
  public void pushTaken() {
    note(new ProgramEvent.PushTaken(clock.instant()));
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
    note(new ProgramEvent.PushRefused(clock.instant(), reason, caller, why, repeated));
  }

  /** Notes that a person paused the passes, or ended the pause. */
  public void paused(boolean now) {
    Instant time = clock.instant();
    synchronized (this) {
      pauses.byJmx(now ? time : null);
    }
    String text =
        now ? "passes are paused by JMX: the pool is left as it is" : "the pause by JMX is over";
    note(new ProgramEvent.PauseChanged(time, now, text));
  }

  /** Notes that a person paused the passes by an annotation of the pool. */
  public void pausedByPool(PauseOrder pause) {
    Instant time = clock.instant();
    synchronized (this) {
      pauses.byPool(pause, time);
    }
    note(
        new ProgramEvent.PauseChanged(
            time, true, Trouble.pauseInWords(pause) + ": the pool is left as it is"));
  }

  /** Notes that such a pause is over, and why. */
  public void resumedByPool(String why) {
    synchronized (this) {
      pauses.endByPool();
    }
    note(new ProgramEvent.PauseChanged(clock.instant(), false, "passes go on: " + why));
  }

  /** Notes that the program does what a person has ordered in the pool. */
  public void ordered(String reason, String text) {
    note(new ProgramEvent.Ordered(clock.instant(), reason, false, text));
  }

  /** Notes that an order in the pool is not understood. */
  public void orderRefused(String why) {
    note(new ProgramEvent.Ordered(clock.instant(), "OrderRefused", true, "the annotation " + why));
  }

  /** Notes that edited routes were taken over, or refused and why. */
  public void edited(boolean refused, String text) {
    attention.edited(refused, text);
    note(new ProgramEvent.RoutesEdited(clock.instant(), refused, text));
  }

  /** Remembers what happened, and tells the readers. */
  void note(PassEvent what) {
    if (!what.isEveryday()) {
      remember(what);
    }
    readers.forEach(reader -> reader.accept(what));
  }

  private synchronized void remember(PassEvent what) {
    history.addLast(PastHappening.of(what));
    if (history.size() > REMEMBERED) {
      history.removeFirst();
    }
  }

  /** Returns how things stand. */
  public synchronized Status situation() {
    Optional<List<ServiceBoard.Sighting>> services = services();
    return new Status(
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
        pauses.trouble().or(() -> Optional.ofNullable(trouble)),
        pauses.trouble().map(Trouble::since),
        misplaced,
        services,
        attention.all(services.orElse(List.of())),
        List.copyOf(history));
  }

  private Optional<List<ServiceBoard.Sighting>> services() {
    return plan == null || pool == null ? Optional.empty() : attention.services(pool, plan);
  }
}
