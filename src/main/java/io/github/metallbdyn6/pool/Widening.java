package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a handover begins: the desired range is put beside ours, which retire.
 *
 * <p>It stands behind them, since MetalLB gives a new service the first address that is free: that
 * one must not be the address that a service which has not moved yet is to get.
 */
final class Widening {
  private final PoolState current;
  private final AddressRange desired;
  private final PrefixValidity validity;
  private final Ownership ownership;

  Widening(PoolState current, AddressRange desired, PrefixValidity validity) {
    this.current = current;
    this.desired = desired;
    this.validity = validity;
    this.ownership = Ownership.of(current, desired);
  }

  /**
   * Plans it. Our entries that overlap the desired one are replaced, as MetalLB refuses a pool that
   * holds both.
   *
   * @throws PoolConflict when the desired range overlaps an entry that is not ours
   */
  PoolPlan plan() {
    List<PoolEntry> ours = ownership.ours();
    ownership.requireNoOverlap(current, desired);
    boolean placed = current.entries().stream().anyMatch(entry -> entry.is(desired));
    List<String> addresses = new ArrayList<>();
    List<AddressRange> record = new ArrayList<>();
    int behindOurs = -1;
    for (PoolEntry entry : current.entries()) {
      if (ours.contains(entry)) {
        behindOurs = addresses.size();
        if (isReplaced(entry)) {
          continue;
        }
        entry.range().filter(range -> !record.contains(range)).ifPresent(record::add);
        behindOurs++;
      }
      addresses.add(entry.text());
    }
    if (!placed) {
      addresses.add(behindOurs < 0 ? addresses.size() : behindOurs, desired.toString());
    }
    if (!ownership.isUsersOwn(current, desired) && !record.contains(desired)) {
      record.add(desired);
    }
    return new PoolPlan(
        current,
        desired,
        addresses,
        record,
        retiring(record),
        validity.of(desired, current),
        ownership.reversion(),
        ownership.doubt(),
        Optional.empty());
  }

  private boolean isReplaced(PoolEntry entry) {
    return !entry.is(desired) && entry.range().filter(desired::overlaps).isPresent();
  }

  private List<RetiringRange> retiring(List<AddressRange> record) {
    Instant now = current.readAt().truncatedTo(ChronoUnit.SECONDS);
    return record.stream()
        .filter(range -> !range.equals(desired))
        .map(
            range ->
                known(range)
                    .orElseGet(() -> new RetiringRange(range, now, validity.of(range, current))))
        .toList();
  }

  /** A range that retires already is left as it was written. */
  private Optional<RetiringRange> known(AddressRange range) {
    return current.retiring().stream().filter(old -> old.range().equals(range)).findFirst();
  }
}
