package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.pool.RetiringRange;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The user's rule for a handover.
 *
 * @param pool namespace and name of the pool
 * @param replica of several, the one that moves services; empty if there is one
 * @param stay how long an old range stays in it
 */
public record HandoverRule(String pool, String replica, RangeStay stay) {
  /** How long MetalLB gets to take up the new range before the first service asks for it. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  /** Builds the rule from the texts of the settings, as {@link RangeStay#of}. */
  public static HandoverRule of(String retireAfter, int patienceSeconds) {
    return new HandoverRule("", "", RangeStay.of(retireAfter, patienceSeconds));
  }

  public HandoverRule forPool(String name) {
    return new HandoverRule(name, replica, stay);
  }

  /** Returns the same rule for one of several replicas. */
  public HandoverRule forReplica(String name) {
    return new HandoverRule(pool, name, stay);
  }

  /** Returns where services should be, for a program that has run since the ranges retire. */
  public HandoverGoal goalUnder(PoolState pool, AddressRange range, Date now) {
    return goalUnder(pool, range, now, old -> Instant.MIN);
  }

  /**
   * Returns where services should be.
   *
   * @param seenSince since when this process has known that a range retires: the time in which no
   *     program ran counts for no service
   */
  public HandoverGoal goalUnder(
      PoolState pool, AddressRange range, Date now, Function<AddressRange, Instant> seenSince) {
    Instant time = now.toInstant();
    Predicate<RetiringRange> isClosing =
        old -> stay.isClosing(old, seenSince.apply(old.range()), time);
    Predicate<RetiringRange> isExpired =
        old -> stay.isExpired(old, seenSince.apply(old.range()), time);
    return new HandoverGoal(
        new HomePool(this.pool, replica, pool.entries(), pool.earlier()),
        range,
        inOrder(pool.retiring()),
        inOrder(pool.retiring().stream().filter(isClosing).toList()),
        inOrder(pool.retiring().stream().filter(isExpired).toList()),
        pool.uptake(),
        stay.patience(),
        time,
        time);
  }

  private static List<AddressRange> inOrder(List<RetiringRange> retiring) {
    return retiring.stream()
        .sorted(Comparator.comparing(RetiringRange::since))
        .map(RetiringRange::range)
        .toList();
  }

  /**
   * Returns where services should be when this is the plan for the pool: under a change that is
   * held, where an earlier one has them go.
   *
   * @param seenSince as for {@link #goalUnder(PoolState, AddressRange, Date, Function)}
   */
  public HandoverGoal goalOf(
      PoolState pool, PoolPlan plan, Date now, Function<AddressRange, Instant> seenSince) {
    boolean held = plan.held().isPresent();
    AddressRange range = held ? pool.serving().orElse(plan.desired()) : plan.desired();
    return goalUnder(pool, range, now, seenSince);
  }

  /** Returns where services would be if this plan were carried out. */
  public HandoverGoal dryGoal(PoolPlan plan, Date now) {
    List<AddressRange> retiring = inOrder(plan.retiring());
    Instant time = now.toInstant();
    return new HandoverGoal(
        new HomePool(pool, plan.current().entries(), plan.current().earlier()),
        plan.desired(),
        retiring,
        List.of(),
        plan.current().uptake(),
        stay.patience(),
        time,
        time);
  }

  /**
   * Returns the same goal, for a pass that begins to move services now.
   *
   * @param uptake tells whether MetalLB works with the pool
   */
  public HandoverGoal begin(
      HandoverGoal goal, PoolState pool, Function<PoolState, Uptake> uptake, Date now) {
    return goal.begin(uptake.apply(pool), now.toInstant());
  }

  /** Tells whether a range goes although a service still has an address in it. */
  public boolean isStuck(HandoverPlan plan, Retirement retirement) {
    return retirement.ranges().stream().anyMatch(plan.inUse()::contains);
  }

  /**
   * Returns which ranges go now: those that no service needs any more once all is settled, and
   * those that expired, whatever else is unsettled: who may edit a service can keep that one moving
   * for ever.
   */
  public Retirement retirement(PoolState pool, HandoverPlan plan) {
    List<AddressRange> ranges =
        pool.retiring().stream()
            .filter(old -> isDone(old, plan))
            .map(RetiringRange::range)
            .toList();
    return new Retirement(pool, ranges);
  }

  /**
   * Returns how many milliseconds to wait before services are asked to move; none when MetalLB says
   * that it works with the pool.
   */
  public long millisToSettle(PoolState pool, Function<PoolState, Uptake> uptake, Date now) {
    if (uptake.apply(pool) == Uptake.DONE) {
      return 0;
    }
    return pool.retiring().stream()
        .map(old -> Duration.between(now.toInstant(), old.since().plus(SETTLING)).toMillis())
        .max(Long::compare)
        .map(millis -> Math.min(Math.max(millis, 0), SETTLING.toMillis()))
        .orElse(0L);
  }

  private boolean isDone(RetiringRange old, HandoverPlan plan) {
    return plan.goal().expired().contains(old.range())
        || (plan.isSettled()
            && !plan.inUse().contains(old.range())
            && !plan.goal().now().isBefore(stay.earliestEnd(old)));
  }
}
