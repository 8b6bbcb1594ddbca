package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The annotation that remembers a move of a service: {@code moving; pool=metallb-system/public;
 * to=192.0.2.11,2001:db8:b::1; from=192.0.2.11,2001:db8:a::1; pin=metallb.io/loadBalancerIPs;
 * since=2026-11-22T20:00:00Z}.
 *
 * @param stage how far it is
 * @param pool namespace and name of the pool whose program moves the service; empty in a record of
 *     version 1.0.0
 * @param replica of several, the one that has begun the move; empty if there is one
 * @param to the addresses that it is to have
 * @param from the addresses that it had
 * @param ownPin the annotation that is ours and goes away in the end; none where the user has one
 * @param refusals how often MetalLB has cleared the service instead of moving it
 * @param since when this stage began
 */
record HandoverRecord(
    Stage stage,
    String pool,
    String replica,
    AddressList to,
    AddressList from,
    Optional<String> ownPin,
    int refusals,
    Instant since) {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final int MOST_REFUSALS = 99;

  /** Clocks differ by less: a later time was not written by the program. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /** How far a service is. */
  enum Stage {
    /** It was asked to take the new address. */
    MOVING,
    /** It did not get it, and was asked to take the old one again. */
    RETURNING,
    /** It has the old one, and this move is not tried again. */
    GIVEN_UP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * Reads the record of a service that moves from or to this pool: no other pool's record, and none
   * that the program cannot have written by now.
   */
  static Optional<HandoverRecord> of(ServiceState service, HandoverGoal goal) {
    return parse(service.annotation(ServiceAnnotations.RECORD))
        .filter(record -> !record.isOfAnotherPool(goal) && record.hasAnAddressIn(goal))
        .filter(record -> !record.since().isAfter(goal.now().plus(SKEW)));
  }

  /** A record without a pool belongs to the pool that one of its addresses is from. */
  boolean isOfAnotherPool(HandoverGoal goal) {
    return pool.isEmpty() ? !hasAnAddressIn(goal) : !pool.equals(goal.pool().name());
  }

  private boolean hasAnAddressIn(HandoverGoal goal) {
    return Stream.concat(target().stream(), origin().stream()).anyMatch(goal::isOurs);
  }

  /** Reads the record; nothing when the program cannot have written it. */
  static Optional<HandoverRecord> parse(String text) {
    return RecordText.parse(text);
  }

  /** Returns the record of a move that begins at the time of this goal. */
  static HandoverRecord moving(
      HandoverGoal goal, AddressList to, AddressList from, Optional<String> ownPin, int refusals) {
    HomePool home = goal.pool();
    return new HandoverRecord(
        Stage.MOVING, home.name(), home.replica(), to, from, ownPin, refusals, goal.now());
  }

  /**
   * Tells whether the service still requests the new address. The program requests exactly these
   * addresses; the user may request more, or something else by now.
   *
   * @param requested what the service requests
   */
  boolean isRequested(ServiceState service, AddressList requested) {
    return ownPin
        .map(
            key ->
                service.loadBalancerIp().isEmpty()
                    && new AddressList(service.annotation(key)).isSameAs(to))
        .orElseGet(() -> target().filter(requested::contains).isPresent());
  }

  /** Returns the address that it is to get. */
  Optional<Ipv6Address> target() {
    return onlyIn(to, from);
  }

  /** Returns the address that it had instead. */
  Optional<Ipv6Address> origin() {
    return onlyIn(from, to);
  }

  private static Optional<Ipv6Address> onlyIn(AddressList one, AddressList other) {
    return one.items().stream()
        .map(Ipv6Address::parse)
        .flatMap(Optional::stream)
        .filter(address -> !other.contains(address))
        .findFirst();
  }

  /** Returns the same move at another stage. */
  HandoverRecord at(Stage next, Instant now) {
    return new HandoverRecord(next, pool, replica, to, from, ownPin, refusals, now);
  }

  /** Returns the same move after one more refusal. */
  HandoverRecord refused() {
    int more = Math.min(refusals + 1, MOST_REFUSALS);
    return new HandoverRecord(stage, pool, replica, to, from, ownPin, more, since);
  }

  /** Returns when a service that was given up may try again. */
  Instant retryAt() {
    return retryAt(since, refusals);
  }

  /** Returns when something may be tried again, later after every refusal. */
  static Instant retryAt(Instant since, int refusals) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, Byte.SIZE));
    return since.plus(pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE);
  }

  @Override
  public String toString() {
    return "%s; %s%sto=%s; from=%s; pin=%s%s; since=%s"
        .formatted(
            stage,
            pool.isEmpty() ? "" : "pool=" + pool + "; ",
            replica.isEmpty() ? "" : "by=" + replica + "; ",
            to,
            from,
            ownPin.orElse("yours"),
            refusals > 0 ? "; refusals=" + refusals : "",
            since);
  }
}
