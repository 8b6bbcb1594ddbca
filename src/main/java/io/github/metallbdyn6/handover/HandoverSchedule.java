package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.RetiringRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that services were looked at and that nothing is to be done until some time, so that no
 * pass lists them for nothing. Forgotten at a restart, which costs one look.
 */
public final class HandoverSchedule {
  /** How often a service that cannot move is looked at, at least. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  private static final int LOOKS_IN_PATIENCE = 10;

  private record Look(AddressRange range, List<AddressRange> retiring, Instant next) {}

  private volatile @Nullable Look last;
  private volatile Optional<HandoverGoal> goal = Optional.empty();

  /** Tells whether services are to be looked at. */
  public boolean isDue(HandoverGoal wanted) {
    Look look = last;
    return look == null
        || !look.range().equals(wanted.range())
        || !look.retiring().equals(wanted.retiring())
        || !wanted.now().isBefore(look.next());
  }

  /** Notes that they were looked at. */
  public void looked(HandoverRule rule, PoolState pool, HandoverPlan plan) {
    goal = Optional.of(plan.goal());
    boolean over = pool.retiring().isEmpty(); // a range that retires again is a new matter
    last =
        over
            ? null
            : new Look(
                plan.goal().range(), plan.goal().retiring(), nextLook(rule.stay(), pool, plan));
  }

  /** Returns when services must be looked at again, if nobody says earlier that one has changed. */
  private static Instant nextLook(RangeStay stay, PoolState pool, HandoverPlan plan) {
    Instant now = plan.goal().now();
    if (!plan.isSettled()) {
      return now;
    }
    Instant next =
        plan.problems().isEmpty() ? Instant.MAX : now.plus(untilNextTry(stay, pool, now));
    for (RetiringRange old : pool.retiring()) {
      boolean inUse = plan.inUse().contains(old.range());
      Instant end = inUse ? stay.latestEnd(old) : stay.earliestEnd(old);
      next = end.isBefore(next) ? end : next;
    }
    return next;
  }

  /** Soon at first, since what hinders a service often passes; less and less often later. */
  private static Duration untilNextTry(RangeStay stay, PoolState pool, Instant now) {
    Duration age =
        pool.retiring().stream()
            .map(old -> Duration.between(old.since(), now))
            .min(Duration::compareTo)
            .orElse(LOOK_AGAIN);
    Duration soon = stay.patience().dividedBy(LOOKS_IN_PATIENCE);
    Duration later = age.dividedBy(LOOKS_IN_PATIENCE);
    Duration wait = later.compareTo(soon) > 0 ? later : soon;
    return shorter(wait, LOOK_AGAIN);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  /** Has services looked at in the next pass. */
  public void forget() {
    last = null;
  }

  /** Returns where services should be, as of the last look. */
  public Optional<HandoverGoal> goal() {
    return goal;
  }
}
