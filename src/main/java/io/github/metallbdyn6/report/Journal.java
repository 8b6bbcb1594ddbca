package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.text.Redaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told by the routes what happens, and passes it on: to what is known of the present, and to the
 * log, the metrics, Kubernetes Events. It decides nothing.
 */
public final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Clock clock;
  private final Explainer explainer;
  private final ProgramState state;
  private final Attention attention;
  private final EventHistory history = new EventHistory();
  private final List<Consumer<PassEvent>> readers = new CopyOnWriteArrayList<>();

  /**
   * Begins with nothing known.
   *
   * @param source who is asked
   * @param explainer says what failures mean
   */
  public Journal(String source, Clock clock, Explainer explainer) {
    this.explainer = explainer;
    this.clock = clock;
    this.state = new ProgramState(source, clock.instant());
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

  public Status situation() {
    return state.status(attention, history.all());
  }

  /** Notes what happens at this moment. */
  public void note(Function<Instant, PassEvent> what) {
    note(what.apply(clock.instant()));
  }

  void note(PassEvent what) {
    history.add(what);
    readers.forEach(reader -> reader.accept(what));
  }

  /** Notes the prefix that the pool is to follow, and who says so. */
  public void answered(CurrentPrefix answer) {
    state.answered(answer, clock.instant()).ifPresent(this::note);
  }

  /** Notes how the live pool compares with the wanted one. */
  public void planned(PoolPass pass) {
    if (!state.hasPlanned()) {
      LOG.info("Pool {}: {}.", pass.pool(), pass.plan().ownershipInWords());
    }
    state.planned(pass.plan(), clock.instant()).ifPresent(this::note);
    attention.planned(pass.plan());
  }

  /** Notes that the plan was carried out. */
  public void patched(PoolPass pass) {
    Instant now = clock.instant();
    state.patched(pass, now);
    note(new PassEvent.PoolPatched(now, pass.pool(), pass.plan()));
  }

  /** Notes what a dry run would do. */
  public void dryRun(String what) {
    note(at -> new PassEvent.DryRun(at, what));
  }

  /** Notes how many services are not where they should be. */
  public void misplaced(int services) {
    state.misplaced(services);
  }

  /** Notes how the live pool is, before anything is planned for it. */
  public void seen(PoolState pool) {
    state.read(pool);
  }

  /** Notes that no restart is owed any more. */
  public void markCleared(PoolPass pass) {
    state.read(pass.state());
  }

  /** Notes the end of a pass: a change that is held is no success. */
  public void ended(PoolPass pass) {
    pass.plan()
        .held()
        .ifPresentOrElse(
            why ->
                failed(
                    new ChangeHeld(
                        why,
                        pass.plan().reversion().isPresent()
                            ? ChangeHeld.Reason.UNDONE
                            : ChangeHeld.Reason.RULE)),
            this::succeeded);
  }

  /** Notes why a pass failed or held the pool. */
  public void failed(Throwable failure) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("Pass failed: {}", Redaction.ofTrace(failure));
    }
    Instant now = clock.instant();
    note(new PassEvent.PassFailed(now, state.failed(explain(failure), now)));
    noteServices();
  }

  /** Notes that a pass succeeded. */
  public void succeeded() {
    noteServices();
    Instant now = clock.instant();
    note(new PassEvent.PassSucceeded(now, state.succeeded(now)));
  }

  /** A service may be in trouble while passes succeed. */
  private void noteServices() {
    Status known = situation();
    if (known.pool().isPresent() && known.plan().isPresent()) {
      attention.serviceNews(known.pool().get(), known.plan().get()).forEach(this::note);
    }
  }

  Explanation explain(Throwable failure) {
    return explainer.explain(failure);
  }

  /** Returns why something failed, in a phrase for people. */
  public String reasonOf(Throwable failure) {
    return explainer.reasonOf(failure);
  }

  /** Notes that a person paused the passes, or ended the pause. */
  public void paused(boolean now) {
    Instant time = clock.instant();
    state.pauses.byJmx(now ? time : null);
    String text =
        now ? "passes are paused by JMX: the pool is left as it is" : "the pause by JMX is over";
    note(new ProgramEvent.PauseChanged(time, now, text));
  }

  /** Notes that a person paused the passes by an annotation of the pool. */
  public void pausedByPool(PauseOrder pause) {
    Instant time = clock.instant();
    state.pauses.byPool(pause, time);
    String text = Trouble.pauseInWords(pause) + ": the pool is left as it is";
    note(new ProgramEvent.PauseChanged(time, true, text));
  }

  /** Notes that such a pause is over, and why. */
  public void resumedByPool(String why) {
    state.pauses.endByPool();
    note(at -> new ProgramEvent.PauseChanged(at, false, "passes go on: " + why));
  }

  /** Notes which rights on services the account lacks that the user's transition needs. */
  public void lacks(List<String> verbs) {
    if (attention.lacks(verbs)) {
      note(new ProgramEvent.AccessChanged(clock.instant(), verbs));
    }
  }

  /** Notes that edited routes were taken over, or refused and why. */
  public void edited(boolean refused, String text) {
    attention.edited(refused, text);
    note(at -> new ProgramEvent.RoutesEdited(at, refused, text));
  }
}
