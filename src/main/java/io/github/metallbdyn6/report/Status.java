package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The state of the program as it believes it to be, at one moment.
 *
 * @param startedAt when it was started; what was before, it does not know
 * @param source who is asked for the prefix, by name, separated by commas
 * @param current the last usable prefix, and who said so
 * @param prefixSince since when it is that one
 * @param plan what the last comparison with the live pool came to
 * @param pool the live pool as last read or patched
 * @param kept the address range of ours that the pool was last seen with
 * @param lastChange when the pool was patched last
 * @param lastPass when a pass ended last, whichever way
 * @param lastSuccess when a pass succeeded last
 * @param trouble why the pool is not followed at present, if it is not
 * @param pausedSince since when a person has passes paused, if they are
 * @param misplaced how many services were not where they should be when they were looked at last
 * @param services the pool's services; nothing where services cannot be seen
 * @param concerns what is not right although passes succeed
 * @param history what happened lately, the oldest first; idle passes are not in it
 */
public record Status(
    Instant startedAt,
    String source,
    Optional<CurrentPrefix> current,
    Optional<Instant> prefixSince,
    Optional<PoolPlan> plan,
    Optional<PoolState> pool,
    Optional<AddressRange> kept,
    Optional<Instant> lastChange,
    Optional<Instant> lastPass,
    Optional<Instant> lastSuccess,
    Optional<Trouble> trouble,
    Optional<Instant> pausedSince,
    int misplaced,
    Optional<List<Sighting>> services,
    List<Concern> concerns,
    List<PastHappening> history) {

  public Status {
    services = services.map(List::copyOf);
    concerns = List.copyOf(concerns);
    history = List.copyOf(history);
  }

  /** Returns the status of a pool of which nothing is known. */
  public static Status unknown(Instant startedAt, String source) {
    return new Status(
        startedAt,
        source,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        List.of(),
        List.of());
  }

  /** Returns the last usable prefix. */
  public Optional<Ipv6Prefix> prefix() {
    return current.map(CurrentPrefix::prefix);
  }

  /** Returns the address range that belongs into the pool, as far as is known. */
  public Optional<AddressRange> desired() {
    return plan.map(PoolPlan::desired);
  }

  /**
   * Tells whether the live pool, as last seen, has the addresses that it should have, and no more.
   */
  public boolean isInSync() {
    return isCarriedOut() && lookalikes().isEmpty();
  }

  /** Tells whether the live pool is as the last plan wants it. */
  public boolean isCarriedOut() {
    return plan.isPresent() && pool.map(PoolState::addresses).equals(plan.map(PoolPlan::addresses));
  }

  /** Returns how many services are in which condition; nothing where services cannot be seen. */
  public Map<ServiceCondition.Kind, Long> serviceCounts() {
    Map<ServiceCondition.Kind, Long> counts = new EnumMap<>(ServiceCondition.Kind.class);
    services.ifPresent(
        seen -> {
          for (ServiceCondition.Kind kind : ServiceCondition.Kind.values()) {
            counts.put(kind, seen.stream().filter(it -> it.condition().kind() == kind).count());
          }
        });
    return counts;
  }

  /** Returns the entries of the pool that look like ours and are out of date. */
  public List<PoolEntry> lookalikes() {
    return plan.map(PoolPlan::lookalikes).orElse(List.of());
  }

  /** Tells whether services are still to be moved to the range that belongs into the pool. */
  public boolean isMoving() {
    boolean retires = pool.filter(it -> !it.retiring().isEmpty()).isPresent();
    return retires && (misplaced > 0 || isAnyMoving());
  }

  /** Between the patch of the pool and the first look of the handover nobody has counted. */
  private boolean isAnyMoving() {
    return services.stream()
        .flatMap(List::stream)
        .anyMatch(it -> it.condition().kind() == ServiceCondition.Kind.MOVING);
  }

  /** Tells whether MetalLB still has to be restarted. */
  public boolean isReloadPending() {
    return pool.map(PoolState::isReloadPending).orElse(false);
  }

  /** Returns why the pool is not followed at present and what to do, in one line. */
  public Optional<String> troubleInWords() {
    return trouble.map(
        it -> it.isHold() ? "%s: %s".formatted(holdInWords(it), it.inWords()) : it.inWords());
  }

  private String holdInWords(Trouble hold) {
    return hold.isWaitForMetalLb() ? hold.holdInWords() : "holding " + heldText();
  }

  private String heldText() {
    return kept.or(() -> pool.flatMap(PoolState::record).flatMap(it -> it.stream().findFirst()))
        .map(AddressRange::toString)
        .orElse("the pool");
  }
}
