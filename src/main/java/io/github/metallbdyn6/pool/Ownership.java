package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which entries of a pool are ours to replace.
 *
 * <p>With a record, exactly the recorded ones. Without (the first run, or a pool that the
 * predecessor wrote), only what is certainly the range to be replaced: global unicast entries with
 * our host part under another prefix; else the only global unicast entry there is; else none.
 *
 * @param ours the entries to replace
 * @param doubt a sentence for the log when an entry is kept that might be out of date or ours
 */
record Ownership(List<PoolEntry> ours, Optional<String> doubt) {

  static Ownership of(PoolState pool, AddressRange desired) {
    return pool.record()
        .map(record -> new Ownership(recorded(pool, record), Optional.empty()))
        .orElseGet(() -> guessed(pool, desired));
  }

  private static List<PoolEntry> recorded(PoolState pool, List<AddressRange> record) {
    return pool.entries().stream().filter(entry -> record.stream().anyMatch(entry::is)).toList();
  }

  private static Ownership guessed(PoolState pool, AddressRange desired) {
    List<PoolEntry> global =
        pool.entries().stream()
            .filter(entry -> entry.isGlobalUnicast() && !entry.is(desired))
            .toList();
    List<PoolEntry> ourHostPart =
        global.stream().filter(entry -> hasHostPartOf(entry, desired)).toList();
    boolean userHasDesired = pool.entries().stream().anyMatch(entry -> entry.is(desired));
    if (!ourHostPart.isEmpty()) {
      return new Ownership(
          ourHostPart,
          userHasDesired
              ? Optional.of(desired + " was there already and is taken for yours")
              : Optional.empty());
    }
    if (global.size() == 1 && !userHasDesired) {
      return new Ownership(global, Optional.empty());
    }
    return new Ownership(List.of(), doubtOf(global));
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
