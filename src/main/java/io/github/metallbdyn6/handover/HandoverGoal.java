package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where services should be.
 *
 * @param pool the pool
 * @param range where their IPv6 addresses belong
 * @param retiring where they must not stay; the range that retires since last comes last
 * @param closing those of the retiring ranges that have had half of their time: a service that
 *     cannot keep its host part takes another one now
 * @param expired those of the retiring ranges that go now, whoever is still there
 * @param uptake whether MetalLB works with the pool that has these ranges
 * @param patience how long a service may take
 * @param begun when this pass began to move services
 * @param now the time
 */
public record HandoverGoal(
    HomePool pool,
    AddressRange range,
    List<AddressRange> retiring,
    List<AddressRange> closing,
    List<AddressRange> expired,
    Uptake uptake,
    Duration patience,
    Instant begun,
    Instant now) {
  /** MetalLB serves a request in a fraction of that. */
  private static final Duration REQUESTS_SERVED = Duration.ofSeconds(2);

  public HandoverGoal {
    retiring = List.copyOf(retiring);
    closing = List.copyOf(closing);
    expired = List.copyOf(expired);
  }

  /** A goal at whose beginning no retiring range is near its end. */
  public HandoverGoal(
      HomePool pool,
      AddressRange range,
      List<AddressRange> retiring,
      List<AddressRange> expired,
      Uptake uptake,
      Duration patience,
      Instant begun,
      Instant now) {
    this(pool, range, retiring, List.of(), expired, uptake, patience, begun, now);
  }

  /** Returns the same goal, for a pass that begins now, with what MetalLB says by now. */
  HandoverGoal begin(Uptake known, Instant time) {
    return new HandoverGoal(pool, range, retiring, closing, expired, known, patience, time, time);
  }

  public HandoverGoal leaving(List<AddressRange> ranges) {
    return new HandoverGoal(
        pool, range, ranges, List.of(), List.of(), uptake, patience, begun, now);
  }

  HandoverGoal begunAt(Instant time) {
    return new HandoverGoal(pool, range, retiring, closing, expired, uptake, patience, time, now);
  }

  public HandoverGoal at(Instant later) {
    return new HandoverGoal(
        pool, range, retiring, closing, expired, uptake, patience, begun, later);
  }

  /** Returns the annotation that this MetalLB reads without a warning. */
  String pinKey() {
    return uptake == Uptake.SILENT ? ServiceAnnotations.PIN : ServiceAnnotations.NEWER_PIN;
  }

  /** Tells whether a service is where it should not stay. */
  boolean isRetiring(Ipv6Address address) {
    return retiring.stream().anyMatch(address::isIn);
  }

  /** Returns an address of a retiring range under the new prefix, and any other as it is. */
  Ipv6Address renumber(Ipv6Address address) {
    return isRetiring(address) ? address.hostPart().under(range) : address;
  }

  /** Tells whether a service cannot wait any longer for its host part under the new range. */
  boolean isClosing(Ipv6Address address) {
    return closing.stream().anyMatch(address::isIn);
  }

  boolean isExpired(Ipv6Address address) {
    return expired.stream().anyMatch(address::isIn);
  }

  /** Tells whether MetalLB may still be giving others what they have requested before. */
  boolean isYoung() {
    return now.isBefore(begun.plus(REQUESTS_SERVED));
  }

  /** Tells whether a service that began then has taken too long. */
  boolean isOverdue(Instant since) {
    return !now.isBefore(since.plus(patience));
  }

  /** Tells whether the pool holds this address for us. */
  boolean isOurs(Ipv6Address address) {
    return ours().stream().anyMatch(address::isIn);
  }

  /** Returns the ranges that the pool holds for us. */
  List<AddressRange> ours() {
    return Stream.concat(Stream.of(range), retiring.stream()).toList();
  }
}
