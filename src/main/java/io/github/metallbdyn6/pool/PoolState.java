package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The live pool as it was read: its entries, and what earlier passes left in its annotations.
 *
 * @param resourceVersion the version that was read; a patch is refused when the pool has moved on
 * @param readAt when that was
 * @param entries {@code spec.addresses} in order
 * @param record the entries that this program wrote, or nothing when it never wrote this pool or
 *     the record cannot be read
 * @param reloadMark the mark that MetalLB still has to be reloaded, as written
 * @param retiring the entries of ours that are being replaced, as far as a handover is under way
 * @param validity until when a source had said that the prefix of the range that was written last
 *     is valid, if it had
 * @param earlier the ranges of ours that services were moved away from
 * @param recentChanges when this program changed the pool within the hour before {@code readAt}
 * @param counted how many IPv6 addresses MetalLB counts in the pool, if it says so
 * @param rival the trace of another program that writes into the pool, if there is one
 * @param wishes how people want this pool to be kept, as far as its annotations say so
 */
public record PoolState(
    String resourceVersion,
    Instant readAt,
    List<PoolEntry> entries,
    Optional<List<AddressRange>> record,
    Optional<String> reloadMark,
    List<RetiringRange> retiring,
    Optional<TimedRange> validity,
    EarlierRanges earlier,
    RecentChanges recentChanges,
    Optional<Long> counted,
    Optional<Rival> rival,
    PoolWishes wishes) {

  /** The annotation that lists the entries which are ours, separated by commas. */
  public static final String RECORD = "metallb-dyn6/managed-addresses";

  /** The annotation that says that MetalLB has to be reloaded, and which of its pods. */
  public static final String RELOAD_MARK = "metallb-dyn6/reload-pending";

  /** The annotation that lists which of our entries are being replaced, and since when. */
  public static final String RETIRING = "metallb-dyn6/retiring";

  /** The annotation that says until when the prefix of our range was said to be valid. */
  public static final String VALID_UNTIL = "metallb-dyn6/valid-until";

  /** The annotation that lists which of our ranges services were moved away from. */
  public static final String EARLIER = "metallb-dyn6/earlier-addresses";

  /** The annotation that lists when the pool was changed lately, in UTC, separated by commas. */
  public static final String RECENT_CHANGES = "metallb-dyn6/recent-changes";

  public PoolState {
    entries = List.copyOf(entries);
    record = record.map(List::copyOf);
    retiring = List.copyOf(retiring);
  }

  /** Builds the state from the texts in the Kubernetes object. */
  public static PoolState of(
      String resourceVersion,
      List<String> addresses,
      Map<String, String> annotations,
      Instant readAt) {
    return of(resourceVersion, addresses, annotations, readAt, Optional.empty());
  }

  /** Builds the state from the texts in the Kubernetes object and from what MetalLB counts. */
  public static PoolState of(
      String resourceVersion,
      List<String> addresses,
      Map<String, String> annotations,
      Instant readAt,
      Optional<Long> counted) {
    return new PoolState(
        resourceVersion,
        readAt,
        addresses.stream().map(PoolEntry::of).toList(),
        Optional.ofNullable(annotations.get(RECORD)).flatMap(PoolState::parseRecord),
        Optional.ofNullable(annotations.get(RELOAD_MARK)),
        RetiringRange.parseAll(annotations.getOrDefault(RETIRING, ""), readAt),
        TimedRange.parse(annotations.getOrDefault(VALID_UNTIL, "")),
        EarlierRanges.parse(annotations.getOrDefault(EARLIER, "")),
        RecentChanges.parse(annotations.getOrDefault(RECENT_CHANGES, ""), readAt),
        counted,
        Rival.in(annotations),
        PoolWishes.in(annotations));
  }

  /** An empty record says that nothing is ours; one of which nothing can be read says nothing. */
  private static Optional<List<AddressRange>> parseRecord(String text) {
    List<AddressRange> ranges =
        Arrays.stream(text.split(","))
            .map(AddressRange::parseEntry)
            .flatMap(Optional::stream)
            .toList();
    return ranges.isEmpty() && !text.isBlank() ? Optional.empty() : Optional.of(ranges);
  }

  /** Returns {@code spec.addresses} exactly as read. */
  public List<String> addresses() {
    return entries.stream().map(PoolEntry::text).toList();
  }

  /** Tells whether this program wrote the entry, as far as the pool's record says. */
  public boolean isOurs(PoolEntry entry) {
    return record.filter(ours -> ours.stream().anyMatch(entry::is)).isPresent();
  }

  /**
   * Returns the range that services get addresses from: the only one of ours that does not retire.
   */
  public Optional<AddressRange> serving() {
    List<AddressRange> ours =
        record.orElse(List.of()).stream()
            .filter(range -> !isRetiring(range))
            .filter(this::holds)
            .toList();
    return ours.size() == 1 ? Optional.of(ours.get(0)) : Optional.empty();
  }

  /** Tells whether the range is one of the entries, whoever wrote it. */
  public boolean holds(AddressRange range) {
    return entries.stream().anyMatch(entry -> entry.is(range));
  }

  /** Tells whether an earlier pass owes MetalLB a reload. */
  public boolean isReloadPending() {
    return reloadMark.isPresent();
  }

  /** Returns the pool as it is once no reload is owed any more. */
  public PoolState withoutReloadMark() {
    return new PoolState(
        resourceVersion,
        readAt,
        entries,
        record,
        Optional.empty(),
        retiring,
        validity,
        earlier,
        recentChanges,
        counted,
        rival,
        wishes);
  }

  /** Tells whether a range of ours is being replaced. */
  boolean isRetiring(AddressRange range) {
    return retiring.stream().anyMatch(old -> old.range().equals(range));
  }

  /** Returns until when the prefix of a range was said to be valid when it was written. */
  Optional<Instant> validUntil(AddressRange range) {
    return validity.filter(timed -> timed.range().equals(range)).map(TimedRange::time);
  }

  /**
   * Tells whether a later state of the pool has everything that plans are made of as it is here.
   * MetalLB keeps its own status in the same object, which is none of it.
   */
  public boolean isStill(PoolState later) {
    return later.addresses().equals(addresses())
        && later.record.equals(record)
        && later.reloadMark.equals(reloadMark)
        && later.retiring.equals(retiring)
        && later.wishes.equals(wishes);
  }

  /** Returns whether MetalLB works with the pool as it is, as far as this state tells. */
  public Uptake uptake() {
    return Uptake.of(counted, ipv6Addresses());
  }

  /** Returns how many IPv6 addresses the pool has, if MetalLB can count as far. */
  public Optional<Long> ipv6Addresses() {
    return PoolEntry.ipv6AddressesIn(entries);
  }
}
