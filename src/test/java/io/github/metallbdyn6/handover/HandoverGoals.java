package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import io.github.metallbdyn6.pool.EarlierRanges;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Goals of the pool metallb-system/public, whose host range is {@code ::1000-::1999}. */
final class HandoverGoals {
  static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
  static final Duration PATIENCE = Duration.ofSeconds(60);
  static final AddressRange A = range("2001:db8:a");
  static final AddressRange B = range("2001:db8:b");
  static final AddressRange C = range("2001:db8:c");

  private HandoverGoals() {}

  private static AddressRange range(String prefix) {
    return AddressRange.parseEntry("%1$s::1000-%1$s::1999".formatted(prefix)).orElseThrow();
  }

  /** Services are to leave the others for the first range. */
  static HandoverGoal to(AddressRange range, Uptake uptake, AddressRange... retiring) {
    return goal(range, uptake, List.of(retiring), List.of());
  }

  /** The same, and whoever is still in the old range has had his time. */
  static HandoverGoal tooLate(AddressRange range, AddressRange retiring) {
    return goal(range, Uptake.DONE, List.of(retiring), List.of(retiring));
  }

  private static HandoverGoal goal(
      AddressRange range, Uptake uptake, List<AddressRange> retiring, List<AddressRange> expired) {
    List<PoolEntry> entries =
        Stream.concat(
                Stream.of("192.0.2.10-192.0.2.40", range.toString()),
                retiring.stream().map(AddressRange::toString))
            .map(PoolEntry::of)
            .toList();
    HomePool pool = new HomePool("metallb-system/public", entries, new EarlierRanges(List.of()));
    return new HandoverGoal(pool, range, retiring, expired, uptake, PATIENCE, NOW, NOW);
  }

  static Ipv6Address address(String text) {
    return Ipv6Address.parse(text).orElseThrow();
  }

  /** The record of a service that moves between two lists of addresses since {@link #NOW}. */
  static HandoverRecord record(
      HandoverRecord.Stage stage, String to, String from, Optional<String> ownPin, int refusals) {
    return new HandoverRecord(
        stage,
        "metallb-system/public",
        "",
        new AddressList(to),
        new AddressList(from),
        ownPin,
        refusals,
        NOW);
  }
}
