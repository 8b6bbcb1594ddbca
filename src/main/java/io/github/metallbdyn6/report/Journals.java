package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.lease.NotLeading;
import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Is told by the routes what happens. Each pool has a journal of its own; what happens to all pools
 * at once, such as another prefix, stands in each of them.
 */
public final class Journals {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final PerPool<Journal> journals;
  private final Explainer explainer;
  private final Leadership leadership;

  /**
   * Tells these journals.
   *
   * @param explainer says what failures mean
   * @param leadership whether this replica leads
   */
  public Journals(PerPool<Journal> journals, Explainer explainer, Leadership leadership) {
    this.journals = journals;
    this.explainer = explainer;
    this.leadership = leadership;
  }

  /** Returns whether this replica leads, and which one does. */
  public Leadership leadership() {
    return leadership;
  }

  /**
   * Returns how things stand with each pool, for those who measure. A standby measures nothing: the
   * leader does, and what the standby believes may be old.
   */
  public Map<String, Status> measured() {
    return leadership.leads() ? situations() : Map.of();
  }

  /** Returns how things stand with each pool, by its namespace and name. */
  public Map<String, Status> situations() {
    Map<String, Status> situations = new LinkedHashMap<>();
    for (String pool : journals.pools()) {
      journals.find(pool).ifPresent(journal -> situations.put(pool, journal.situation()));
    }
    return situations;
  }

  /** Returns the pool whose journal speaks for all where something is to be told once. */
  public Optional<String> leading() {
    return journals.pools().stream().findFirst();
  }

  /** Returns how things stand with followers; nothing where none is chosen. */
  public List<FollowerState> followers() {
    return journals.all().stream()
        .flatMap(journal -> journal.attention().followers().stream())
        .toList();
  }

  /** Notes in every journal what happens at this moment. */
  public void note(Function<Instant, PassEvent> what) {
    journals.all().forEach(journal -> journal.note(what));
  }

  private void note(PoolPass pass, Function<Instant, PassEvent> what) {
    journals.of(pass).note(what);
  }

  /** Notes the prefix that the pools are to follow, and who says so. */
  public void answered(CurrentPrefix answer) {
    journals.all().forEach(journal -> journal.answered(answer));
  }

  /** Notes how the live pool compares with the wanted one. */
  public void planned(PoolPass pass) {
    journals.of(pass).planned(pass);
  }

  /** Notes that the plan was carried out. */
  public void patched(PoolPass pass) {
    journals.of(pass).patched(pass);
  }

  /** Notes what a dry run would do. */
  public void dryRun(PoolPass pass, String what) {
    journals.of(pass).dryRun(what);
  }

  /** Notes that MetalLB's pods are deleted. */
  public void restarting(PoolPass pass) {
    note(pass, at -> new RestartEvent.RestartBegun(at, pass.restart().progress().pods()));
  }

  /** Notes that MetalLB runs on the new addresses. */
  public void restarted(PoolPass pass) {
    note(pass, at -> new RestartEvent.MetalLbReloaded(at, pass.restart().progress()));
  }

  /** Notes that a restart was owed, and that the user wants none. */
  public void forgiven(PoolPass pass) {
    note(pass, RestartEvent.RestartForgiven::new);
  }

  /** Notes that no restart is owed any more. */
  public void markCleared(PoolPass pass) {
    journals.of(pass).markCleared(pass);
  }

  /** Notes the end of a pass: a change that is held is no success. */
  public void ended(PoolPass pass) {
    journals.of(pass).ended(pass);
  }

  /**
   * Notes why a pass failed or held the pool.
   *
   * @param body the body of the exchange: the pass of one pool, or anything else where the pass
   *     failed for all of them
   */
  public void failed(Throwable failure, @Nullable Object body) {
    if (body instanceof PoolPass pass && !NotLeading.isIn(failure)) {
      journals.find(pass.pool()).ifPresent(journal -> journal.failed(failure));
    } else {
      failed(failure);
    }
  }

  /** Notes why a pass failed for all pools. */
  public void failed(Throwable failure) {
    if (NotLeading.isIn(failure)) {
      LOG.info("A pass ends in the middle: another replica goes on with it.");
      return;
    }
    journals.all().forEach(journal -> journal.failed(failure));
  }

  /** Notes that a person paused the passes, or ended the pause. */
  public void paused(boolean now) {
    journals.all().forEach(journal -> journal.paused(now));
  }

  /** Notes that edited routes were taken over, or refused and why. */
  public void edited(boolean refused, String text) {
    journals.all().forEach(journal -> journal.edited(refused, text));
  }

  /** Returns why something failed, in a phrase for people. */
  public String reasonOf(Throwable failure) {
    return explainer.reasonOf(failure);
  }
}
