package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.pool.RetiringRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The user's rule for a handover.
 *
 * @param retireAfter how long an old range stays; nothing for the source's valid lifetime
 * @param patience how long MetalLB may take to give a service its new address
 */
public record HandoverRule(Optional<Duration> retireAfter, Duration patience) {
  /** In the place of a number of seconds. */
  public static final String VALID_LIFETIME = "valid-lifetime";

  /** A week: nobody's connections last longer, and no range is kept for ever. */
  public static final int LONGEST_SECONDS = 604_800;

  /** How long MetalLB gets to take up the new range before the first service asks for it. */
  private static final Duration SETTLING = Duration.ofSeconds(3);

  /** How often a service that cannot move is looked at, at least. */
  private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

  private static final int LOOKS_IN_PATIENCE = 10;

  /**
   * Builds the rule from the texts of the settings.
   *
   * @param retireAfter a number of seconds, or {@link #VALID_LIFETIME}
   * @param patienceSeconds how long MetalLB may take, in seconds
   * @throws IllegalArgumentException for a text that is neither
   */
  public static HandoverRule of(String retireAfter, int patienceSeconds) {
    Duration patience = Duration.ofSeconds(patienceSeconds);
    if (retireAfter.equals(VALID_LIFETIME)) {
      return new HandoverRule(Optional.empty(), patience);
    }
    if (!retireAfter.matches("0|[1-9][0-9]{0,5}")
        || Integer.parseInt(retireAfter) > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "neither %s nor a whole number from 0 to %d".formatted(VALID_LIFETIME, LONGEST_SECONDS));
    }
    return new HandoverRule(
        Optional.of(Duration.ofSeconds(Integer.parseInt(retireAfter))), patience);
  }

  /**
   * Returns where services should be.
   *
   * @param validLifetime for how many seconds the source says that the prefix is valid, if it says
   */
  public Goal goalUnder(
      PoolState pool, AddressRange range, @Nullable Long validLifetime, Date now) {
    Instant time = now.toInstant();
    return new Goal(
        range,
        pool.retiring().stream().map(RetiringRange::range).toList(),
        pool.retiring().stream()
            .filter(old -> !time.isBefore(old.since().plus(longestStay(validLifetime))))
            .map(RetiringRange::range)
            .toList(),
        patience,
        time,
        time);
  }

  /**
   * Returns where services should be when this is the plan for the pool: under a change that is
   * held, where an earlier one has them go.
   */
  public Goal goalOf(PoolState pool, PoolPlan plan, @Nullable Long validLifetime, Date now) {
    boolean held = plan.held().isPresent();
    AddressRange range = held ? pool.serving().orElse(plan.desired()) : plan.desired();
    return goalUnder(pool, range, validLifetime, now);
  }

  /** Returns where services would be if this plan were carried out. */
  public Goal dryGoal(PoolPlan plan, Date now) {
    List<AddressRange> retiring = plan.retiring().stream().map(RetiringRange::range).toList();
    Instant time = now.toInstant();
    return new Goal(plan.desired(), retiring, List.of(), patience, time, time);
  }

  private Duration stay(@Nullable Long validLifetime) {
    long seconds = validLifetime == null ? 0 : validLifetime;
    return retireAfter.orElseGet(
        () -> Duration.ofSeconds(Math.min(Math.max(seconds, 0), LONGEST_SECONDS)));
  }

  /** Time enough for a service to try it, and to be put back. */
  private Duration longestStay(@Nullable Long validLifetime) {
    Duration stay = stay(validLifetime);
    Duration grace = patience.multipliedBy(2);
    return stay.compareTo(grace) < 0 ? grace : stay;
  }

  /** Returns the same goal, for a pass that begins to move services now. */
  public Goal begin(Goal goal, Date now) {
    return goal.begin(now.toInstant());
  }

  /** Plans for services as they are at a later time. */
  public HandoverPlan planAgain(Goal goal, Collection<ServiceState> services, Date now) {
    return HandoverPlan.of(goal.at(now.toInstant()), services);
  }

  /** Tells whether a range goes although a service still has an address in it. */
  public boolean isStuck(HandoverPlan plan, Retirement retirement) {
    return retirement.ranges().stream().anyMatch(plan.inUse()::contains);
  }

  /** Returns which ranges go now: those that no service needs any more, and those that expired. */
  public Retirement retirement(PoolState pool, HandoverPlan plan, @Nullable Long validLifetime) {
    List<AddressRange> ranges =
        plan.isSettled()
            ? pool.retiring().stream()
                .filter(old -> isDone(old, plan, stay(validLifetime)))
                .map(RetiringRange::range)
                .toList()
            : List.of();
    return new Retirement(pool, ranges);
  }

  /** Returns how many milliseconds to wait before services are asked to move. */
  public long millisToSettle(PoolState pool, Date now) {
    return pool.retiring().stream()
        .map(old -> Duration.between(now.toInstant(), old.since().plus(SETTLING)).toMillis())
        .max(Long::compare)
        .map(millis -> Math.min(Math.max(millis, 0), SETTLING.toMillis()))
        .orElse(0L);
  }

  /** Returns when services must be looked at again, if nobody says earlier that one has changed. */
  Instant nextLook(PoolState pool, HandoverPlan plan, @Nullable Long validLifetime) {
    Instant now = plan.goal().now();
    if (!plan.isSettled()) {
      return now;
    }
    Instant next = plan.problems().isEmpty() ? Instant.MAX : now.plus(untilNextTry(pool, now));
    for (RetiringRange old : pool.retiring()) {
      boolean inUse = plan.inUse().contains(old.range());
      Instant end = old.since().plus(inUse ? longestStay(validLifetime) : stay(validLifetime));
      next = end.isBefore(next) ? end : next;
    }
    return next;
  }

  /** Soon at first, since what hinders a service often passes; less and less often later. */
  private Duration untilNextTry(PoolState pool, Instant now) {
    Duration age =
        pool.retiring().stream()
            .map(old -> Duration.between(old.since(), now))
            .min(Duration::compareTo)
            .orElse(LOOK_AGAIN);
    Duration soon = patience.dividedBy(LOOKS_IN_PATIENCE);
    Duration later = age.dividedBy(LOOKS_IN_PATIENCE);
    Duration wait = later.compareTo(soon) > 0 ? later : soon;
    return wait.compareTo(LOOK_AGAIN) < 0 ? wait : LOOK_AGAIN;
  }

  private static boolean isDone(RetiringRange old, HandoverPlan plan, Duration stay) {
    return plan.goal().expired().contains(old.range())
        || (!plan.inUse().contains(old.range())
            && !plan.goal().now().isBefore(old.since().plus(stay)));
  }
}
