package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverPlanner;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.RetiringRange;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steps of a handover that decide what services are asked for, and which ranges retire. */
public final class HandoverSteps {
  private final HandoverSchedule schedule;
  private final Function<PoolState, Uptake> uptake;
  private final Supplier<Optional<String>> owing;
  private final HandoverPlanner planner = new HandoverPlanner();
  private final Map<AddressRange, Instant> seen = new HashMap<>();
  private volatile boolean awaitsRestart;

  /**
   * Decides for one pool.
   *
   * @param uptake tells whether MetalLB works with a pool
   * @param owing names a pool for which MetalLB has to be restarted, if there is one
   */
  public HandoverSteps(
      HandoverSchedule schedule,
      Function<PoolState, Uptake> uptake,
      Supplier<Optional<String>> owing) {
    this.schedule = schedule;
    this.uptake = uptake;
    this.owing = owing;
  }

  private static HandoverRule rule(PoolPass pass) {
    return pass.rules().handover();
  }

  /** Says where services belong by the plan, and how long old ranges stay at most. */
  public PoolPass goal(PoolPass pass, Date now) {
    return pass.with(
        rule(pass).goalOf(pass.state(), pass.plan(), now, seenSince(pass.state(), now)));
  }

  /** Says where services belong while the pool stays as it is. */
  public PoolPass presentGoal(PoolPass pass, Date now) {
    return pass.with(
        rule(pass).goalUnder(pass.state(), pass.range(), now, seenSince(pass.state(), now)));
  }

  /** A range that retires is known since this process has first seen it. */
  private synchronized Function<AddressRange, Instant> seenSince(PoolState pool, Date now) {
    List<AddressRange> retiring = pool.retiring().stream().map(RetiringRange::range).toList();
    seen.keySet().retainAll(retiring);
    retiring.forEach(range -> seen.putIfAbsent(range, now.toInstant()));
    return Map.copyOf(seen)::get;
  }

  /** Says where services would belong if the plan were carried out. */
  public PoolPass dryGoal(PoolPass pass, Date now) {
    return pass.with(rule(pass).dryGoal(pass.plan(), now));
  }

  /**
   * Tells whether services are to be listed: while an old range only waits, they are not; nor
   * before a restart that is owed. An old MetalLB may refuse all pools until then, for whichever
   * pool the restart is owed, and not know the addresses that services would request.
   *
   * @throws ChangeHeld when an earlier pass has waited for the restart already
   */
  public boolean isLookDue(PoolPass pass) {
    return schedule.isDue(pass.handover().goal()) && !isRestartDueBefore(pass);
  }

  /** A restart that this pool owes fails in a pass of its own, which says why. */
  private boolean isRestartDueBefore(PoolPass pass) {
    Optional<String> pool = isMetalLbSilent(pass) ? owing.get() : Optional.empty();
    if (pool.isPresent() && awaitsRestart && !pass.isRestartOwed()) {
      throw new ChangeHeld(
          "services stay on their addresses until MetalLB is restarted, as pool %s needs it"
              .formatted(pool.get()),
          ChangeHeld.Reason.METALLB);
    }
    awaitsRestart = pool.isPresent();
    return awaitsRestart;
  }

  /** Tells whether services stay on their addresses until MetalLB is restarted. */
  public boolean awaitsRestart() {
    return awaitsRestart && owing.get().isPresent();
  }

  /** Returns how many milliseconds MetalLB still gets to take up the pool. */
  public long millisToSettle(PoolPass pass, Date now) {
    return rule(pass).millisToSettle(pass.state(), uptake, now);
  }

  /** Has the time for moving count from now. */
  public PoolPass begin(PoolPass pass, Date now) {
    return pass.with(rule(pass).begin(pass.handover().goal(), pass.state(), uptake, now));
  }

  /** Plans what is asked for which service. */
  public PoolPass plan(PoolPass pass) {
    Handover handover = pass.handover();
    return pass.with(handover.planned(planner.plan(handover.goal(), handover.services())));
  }

  /** Plans the same with the services as they are now. */
  public PoolPass planAgain(PoolPass pass, Date now) {
    Handover handover = pass.handover();
    return pass.with(
        handover.planned(planner.planAgain(handover.goal(), handover.services(), now)));
  }

  /** Plans without remembering anything, for a dry run. */
  public PoolPass dryPlan(PoolPass pass) {
    Handover handover = pass.handover();
    return pass.with(handover.planned(HandoverPlan.of(handover.goal(), handover.services())));
  }

  /** Finds out which old ranges no service needs any more. */
  public PoolPass retirement(PoolPass pass) {
    Handover handover = pass.handover();
    return pass.with(handover.retiring(rule(pass).retirement(pass.state(), handover.moves())));
  }

  /** Tells whether a range retires although a service still has an address in it. */
  public boolean isStuck(PoolPass pass) {
    return rule(pass).isStuck(pass.handover().moves(), pass.handover().retirement());
  }

  /** Tells whether MetalLB does not say which pool it knows, and may refuse a smaller one. */
  public boolean isMetalLbSilent(PoolPass pass) {
    return uptake.apply(pass.state()) == Uptake.SILENT;
  }

  /** Tells whether a service has an address in a range that has left the pool without a mark. */
  public boolean isLeftBehind(PoolPass pass) {
    Handover handover = pass.handover();
    return !pass.isRestartOwed()
        && handover.services().stream()
            .anyMatch(it -> it.addressIn(handover.retirement().ranges()).isPresent());
  }

  /** Notes when to look at services again, if the watch tells of none. */
  public void looked(PoolPass pass) {
    schedule.looked(rule(pass), pass.state(), pass.handover().moves());
  }
}
