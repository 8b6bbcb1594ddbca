package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which entries of a pool are ours to replace.
 *
 * <p>With a record, exactly the recorded ones; when all of them are gone, since the pool was put
 * back to an older state, the only global unicast entry with our host part. Without a record (the
 * first run, or a pool that the predecessor wrote), only what is certainly the range to be
 * replaced: global unicast entries with our host part under another prefix; else the only global
 * unicast entry there is; else none.
 *
 * @param ours the entries to replace
 * @param doubt a sentence for the log when an entry is kept that might be out of date or ours
 * @param reversion what somebody has undone, if it is so
 */
record Ownership(List<PoolEntry> ours, Optional<String> doubt, Optional<Reversion> reversion) {

  static Ownership of(PoolState pool, AddressRange desired) {
    return pool.record()
        .map(record -> recorded(pool, record, desired))
        .orElseGet(() -> guessed(pool, desired));
  }

  /**
   * Refuses a range that MetalLB would refuse.
   *
   * @throws PoolConflict when it overlaps an entry that is not ours
   */
  void requireNoOverlap(PoolState current, AddressRange desired) {
    for (PoolEntry entry : current.entries()) {
      boolean foreign = !ours.contains(entry) && !entry.is(desired);
      if (foreign && entry.range().filter(desired::overlaps).isPresent()) {
        throw new PoolConflict(desired, entry);
      }
    }
  }

  /**
   * Tells whether an entry that equals the desired range is the user's. Without a record it is not:
   * the next change replaces it, so a record that is written now must name it.
   */
  boolean isUsersOwn(PoolState current, AddressRange desired) {
    return current.record().isPresent()
        && current.entries().stream().anyMatch(entry -> entry.is(desired) && !ours.contains(entry));
  }

  private static Ownership recorded(
      PoolState pool, List<AddressRange> record, AddressRange desired) {
    List<PoolEntry> present =
        pool.entries().stream().filter(entry -> record.stream().anyMatch(entry::is)).toList();
    List<AddressRange> serving = record.stream().filter(range -> !pool.isRetiring(range)).toList();
    boolean reverted =
        !serving.isEmpty() && serving.stream().noneMatch(pool::holds) && !pool.holds(desired);
    if (!reverted) {
      return new Ownership(present, Optional.empty(), Optional.empty());
    }
    return present.isEmpty()
        ? replacedBy(ourShape(pool, desired), serving)
        : new Ownership(
            present, Optional.empty(), Optional.of(new Reversion(serving, firstOf(present))));
  }

  /** Among several it is not certain which one it is, and the others are somebody's own. */
  private static Ownership replacedBy(List<PoolEntry> candidates, List<AddressRange> lost) {
    if (candidates.size() > 1) {
      return new Ownership(
          List.of(),
          Optional.of(
              "which of %s stands in the place of our entry is not certain, so all are kept; remove by hand what is out of date"
                  .formatted(candidates)),
          Optional.of(new Reversion(lost, Optional.empty())));
    }
    return new Ownership(
        candidates, Optional.empty(), Optional.of(new Reversion(lost, firstOf(candidates))));
  }

  private static Optional<PoolEntry> firstOf(List<PoolEntry> entries) {
    return entries.stream().findFirst();
  }

  private static Ownership guessed(PoolState pool, AddressRange desired) {
    List<PoolEntry> ourShape = ourShape(pool, desired);
    if (!ourShape.isEmpty()) {
      return new Ownership(ourShape, Optional.empty(), Optional.empty());
    }
    List<PoolEntry> global = othersThan(desired, pool);
    if (global.size() == 1 && !pool.holds(desired)) {
      return new Ownership(global, Optional.empty(), Optional.empty());
    }
    return new Ownership(List.of(), doubtOf(global), Optional.empty());
  }

  private static List<PoolEntry> othersThan(AddressRange desired, PoolState pool) {
    return pool.entries().stream()
        .filter(entry -> entry.isGlobalUnicast() && !entry.is(desired))
        .toList();
  }

  /** Returns the global unicast entries with our host part under another prefix. */
  static List<PoolEntry> ourShape(PoolState pool, AddressRange desired) {
    return othersThan(desired, pool).stream()
        .filter(entry -> hasHostPartOf(entry, desired))
        .toList();
  }

  private static boolean hasHostPartOf(PoolEntry entry, AddressRange desired) {
    return entry
        .range()
        .filter(range -> Objects.equals(range.hostRange(), desired.hostRange()))
        .isPresent();
  }

  private static Optional<String> doubtOf(List<PoolEntry> global) {
    return global.size() < 2
        ? Optional.empty()
        : Optional.of(
            "none of %s is certainly ours, so all are kept; remove by hand what is out of date"
                .formatted(global));
  }
}
