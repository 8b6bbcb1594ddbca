package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers that services were looked at and that nothing is to be done until some time, so that no
 * pass lists them for nothing. Forgotten at a restart, which costs one look.
 */
public final class HandoverSchedule {
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
            : new Look(plan.goal().range(), plan.goal().retiring(), rule.nextLook(pool, plan));
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
