package io.github.metallbdyn6.pool;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The user's rule for a restless source: when a change may be carried out.
 *
 * @param confirmations how many times in a row the source must have answered the same prefix
 * @param maxPerHour how many changes an hour may have; 0 for any number
 */
public record ChangeRule(int confirmations, int maxPerHour) {

  /** The most that {@code maxPerHour} can be: no more changes than this are remembered. */
  public static final int HIGHEST_PER_HOUR = RecentChanges.REMEMBERED;

  /**
   * Returns the plan as it is, or held when its change must wait.
   *
   * @param timesSeen how many times in a row the source has answered this prefix
   */
  public PoolPlan settle(PoolPlan plan, int timesSeen) {
    if (!plan.isChanged()) {
      return plan;
    }
    if (timesSeen < confirmations) {
      return plan.hold(
          "%s is wanted, but the source has not answered it METALLB_DYN6_CONFIRMATIONS=%d times in a row yet"
              .formatted(plan.desired(), confirmations));
    }
    int changes = plan.current().recentChanges().count();
    return maxPerHour > 0 && changes >= maxPerHour ? holdUntilAllowed(plan) : plan;
  }

  private PoolPlan holdUntilAllowed(PoolPlan plan) {
    Instant next = plan.current().recentChanges().nextAllowed(maxPerHour);
    String undone = plan.reversion().map(reversion -> "; " + reversion).orElse("");
    return plan.hold(
        "%s is wanted, but the last hour has seen METALLB_DYN6_MAX_CHANGES_PER_HOUR=%d changes already; the next is allowed at %s; to go on at once, annotate the pool with metallb-dyn6/forget-changes, or call forgetChanges in JMX%s"
            .formatted(plan.desired(), maxPerHour, next.truncatedTo(ChronoUnit.SECONDS), undone));
  }
}
