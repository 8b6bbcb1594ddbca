package io.github.metallbdyn6.pool;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The difference between the live pool and the wanted one.
 *
 * @param current the pool as read
 * @param desired the range that belongs into it
 * @param addresses {@code spec.addresses} as it should be: foreign entries verbatim and in order
 * @param record the entries that are ours once the plan is carried out
 * @param retiring those of our entries that stay beside the desired one until no service needs them
 * @param validUntil until when a source says that the desired range's prefix is valid, as far as it
 *     matters
 * @param reversion what somebody has undone of an earlier change, if it is so
 * @param doubt a sentence for the log when the plan keeps entries that might be out of date
 * @param held a sentence for the log when the change must wait
 */
public record PoolPlan(
    PoolState current,
    AddressRange desired,
    List<String> addresses,
    List<AddressRange> record,
    List<RetiringRange> retiring,
    Optional<Instant> validUntil,
    Optional<Reversion> reversion,
    Optional<String> doubt,
    Optional<String> held) {

  public PoolPlan {
    addresses = List.copyOf(addresses);
    record = List.copyOf(record);
    retiring = List.copyOf(retiring);
  }

  /**
   * Plans how the desired range gets into the pool: in the place of the first entry that is ours,
   * or at the end; our other entries go. An equal entry is not repeated; beside a record that does
   * not name it, it is the user's, and is not claimed.
   *
   * @throws PoolConflict when the desired range overlaps an entry that is not ours
   */
  public static PoolPlan of(PoolState current, AddressRange desired) {
    Ownership ownership = Ownership.of(current, desired);
    List<PoolEntry> ours = ownership.ours();
    ownership.requireNoOverlap(current, desired);
    boolean placed =
        current.entries().stream().anyMatch(entry -> entry.is(desired) && !ours.contains(entry));
    List<String> addresses = new ArrayList<>();
    for (PoolEntry entry : current.entries()) {
      if (!ours.contains(entry)) {
        addresses.add(entry.text());
      } else if (!placed) {
        addresses.add(entry.is(desired) ? entry.text() : desired.toString());
        placed = true;
      }
    }
    if (!placed) {
      addresses.add(desired.toString());
    }
    return new PoolPlan(
        current,
        desired,
        addresses,
        ownership.isUsersOwn(current, desired) ? List.of() : List.of(desired),
        List.of(),
        Optional.empty(),
        ownership.reversion(),
        ownership.doubt(),
        Optional.empty());
  }

  /** Tells whether the pool differs from the plan. */
  public boolean isChanged() {
    return !addresses.equals(current.addresses())
        || !Set.copyOf(retiring).equals(Set.copyOf(current.retiring()));
  }

  /** Tells whether services are to be moved to the desired range: now, or since an earlier pass. */
  public boolean isHandover() {
    return !retiring.isEmpty() && (isDue() || !current.retiring().isEmpty());
  }

  /** Tells whether the pool is to be changed now. */
  public boolean isDue() {
    return isChanged() && held.isEmpty();
  }

  /**
   * Returns the entries that stay although they have our host part under another prefix. They look
   * like a range of ours that is out of date, but the program has not written them.
   */
  public List<PoolEntry> lookalikes() {
    return Ownership.ourShape(current, desired).stream()
        .filter(entry -> addresses.contains(entry.text()) && record.stream().noneMatch(entry::is))
        .toList();
  }

  /**
   * Tells whether an entry that no record names is taken for ours: it goes, or it retires, with
   * this change or with the next one.
   */
  public boolean takes(PoolEntry entry) {
    boolean retires = retiring.stream().anyMatch(old -> entry.is(old.range()));
    boolean isNext = current.record().isEmpty() && entry.is(desired);
    return !current.isOurs(entry) && (retires || isNext || !addresses.contains(entry.text()));
  }

  /** Returns the ranges that services have to leave when the plan is carried out. */
  public List<AddressRange> leaving() {
    return current.entries().stream()
        .filter(entry -> !entry.is(desired) && (current.isOurs(entry) || takes(entry)))
        .map(PoolEntry::range)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns the same plan, to be carried out later. */
  PoolPlan hold(String reason) {
    return with(current, Optional.of(reason));
  }

  /** Returns the same plan for a later state of the pool, in which nothing of it has changed. */
  public PoolPlan on(PoolState later) {
    return with(later, held);
  }

  private PoolPlan with(PoolState state, Optional<String> hold) {
    return new PoolPlan(
        state, desired, addresses, record, retiring, validUntil, reversion, doubt, hold);
  }

  /** Returns which entries of the pool are taken for the program's, and why. */
  public String ownershipInWords() {
    String ours = textOf(current.entries().stream().filter(it -> current.isOurs(it)));
    if (!ours.isEmpty()) {
      return ours + " is taken for the program's, by the record in the pool";
    }
    String taken = textOf(current.entries().stream().filter(this::takes));
    return taken.isEmpty()
        ? "none of its entries is taken for the program's"
        : taken
            + " is taken for the program's, by its host part, or since no other global entry is there";
  }

  private static String textOf(Stream<PoolEntry> entries) {
    return entries.map(PoolEntry::text).collect(joining(", "));
  }

  /** Returns what changes, for the log: {@code x replaced by y}, {@code y added}, ... */
  public String summary() {
    List<String> gone = new ArrayList<>(current.addresses());
    gone.removeAll(addresses);
    String removed = String.join(", ", gone);
    if (!retiring.isEmpty()) {
      return "%s put beside %s"
          .formatted(
              desired, retiring.stream().map(old -> old.range().toString()).collect(joining(", ")));
    }
    if (current.holds(desired)) {
      return "%s removed; %s stands there already".formatted(removed, desired);
    }
    return gone.isEmpty() ? desired + " added" : removed + " replaced by " + desired;
  }

  /**
   * Returns the plan as one JSON merge patch (RFC 7386), guarded by the version that was read: the
   * addresses, the record of what is ours, the times of the recent changes, and, when a reload is
   * owed, the mark that says so. So none of them can be lost while another is kept.
   *
   * @param mark the reload mark to leave; without one, a mark that is there stays
   * @param besides other annotations to write
   */
  public Map<String, Object> patch(Optional<String> mark, Map<String, String> besides) {
    return new PoolPatch(current, addresses, record)
        .annotate(PoolState.RECENT_CHANGES, current.recentChanges().textWith(current.readAt()))
        .retiring(retiring)
        .validUntil(validUntil.map(time -> new TimedRange(desired, time)))
        .earlier(retiring.isEmpty() ? leaving() : List.of())
        .mark(mark)
        .annotate(besides)
        .asMap();
  }
}
