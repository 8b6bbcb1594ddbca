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
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The user's rule for a handover.
 *
 * @param pool namespace and name of the pool
 * @param retireAfter how long an old range stays; nothing: as long as its prefix was said to be
 *     valid
 * @param patience how long MetalLB may take to give a service its new address
 */
public record HandoverRule(String pool, Optional<Duration> retireAfter, Duration patience) {
  /** In the place of a number of seconds. */
  public static final String VALID_LIFETIME = "valid-lifetime";

  /** A week: nobody's connections last longer, and no range is kept for ever. */
  public static final int LONGEST_SECONDS = 604_800;

  private static final Duration LONGEST = Duration.ofSeconds(LONGEST_SECONDS);

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
      return new HandoverRule("", Optional.empty(), patience);
    }
    if (!retireAfter.matches("0|[1-9][0-9]{0,5}")
        || Integer.parseInt(retireAfter) > LONGEST_SECONDS) {
      throw new IllegalArgumentException(
          "neither %s nor a whole number from 0 to %d".formatted(VALID_LIFETIME, LONGEST_SECONDS));
    }
    return new HandoverRule(
        "", Optional.of(Duration.ofSeconds(Integer.parseInt(retireAfter))), patience);
  }

  /** Returns the same rule for this pool, {@code namespace/name}. */
  public HandoverRule forPool(String name) {
    return new HandoverRule(name, retireAfter, patience);
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
        old ->
            !time.isBefore(old.since().plus(longestStay(old).dividedBy(2)))
                && !time.isBefore(seenSince.apply(old.range()).plus(patience));
    Predicate<RetiringRange> isExpired =
        old ->
            !time.isBefore(old.since().plus(longestStay(old)))
                && !time.isBefore(seenSince.apply(old.range()).plus(grace()));
    return new HandoverGoal(
        new HomePool(this.pool, pool.entries(), pool.earlier()),
        range,
        inOrder(pool.retiring()),
        inOrder(pool.retiring().stream().filter(isClosing).toList()),
        inOrder(pool.retiring().stream().filter(isExpired).toList()),
        pool.uptake(),
        patience,
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
        patience,
        time,
        time);
  }

  /** Returns when a range goes at the latest, whoever is still there. */
  public Instant endOf(RetiringRange old) {
    return old.since().plus(longestStay(old));
  }

  private Duration stay(RetiringRange old) {
    return retireAfter.orElseGet(() -> shorter(old.validity(), LONGEST));
  }

  /** Time enough for a service to try it, and to be put back. */
  private Duration longestStay(RetiringRange old) {
    Duration stay = stay(old);
    return stay.compareTo(grace()) < 0 ? grace() : stay;
  }

  private Duration grace() {
    return patience.multipliedBy(2);
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

  /** Returns when services must be looked at again, if nobody says earlier that one has changed. */
  Instant nextLook(PoolState pool, HandoverPlan plan) {
    Instant now = plan.goal().now();
    if (!plan.isSettled()) {
      return now;
    }
    Instant next = plan.problems().isEmpty() ? Instant.MAX : now.plus(untilNextTry(pool, now));
    for (RetiringRange old : pool.retiring()) {
      boolean inUse = plan.inUse().contains(old.range());
      Instant end = old.since().plus(inUse ? longestStay(old) : stay(old));
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
    return shorter(wait, LOOK_AGAIN);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private boolean isDone(RetiringRange old, HandoverPlan plan) {
    return plan.goal().expired().contains(old.range())
        || (plan.isSettled()
            && !plan.inUse().contains(old.range())
            && !plan.goal().now().isBefore(old.since().plus(stay(old))));
  }
}
