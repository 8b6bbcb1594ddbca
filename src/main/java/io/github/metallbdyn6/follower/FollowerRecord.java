package io.github.metallbdyn6.follower;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which follower was told which prefix, and which ones are stopped until a person acts: two
 * annotations of the pool. A part that cannot be read counts as not told.
 */
public record FollowerRecord(SortedMap<String, ToldPrefix> told, SortedSet<String> stopped) {
  /** The annotation that lists what each follower was told, {@code name=prefix@time}. */
  public static final String TOLD = "metallb-dyn6/followers";

  /** The annotation that lists the followers that are stopped, separated by commas. */
  public static final String STOPPED = "metallb-dyn6/stopped-followers";

  /** Nobody was told anything. */
  public static final FollowerRecord NONE = new FollowerRecord(Map.of(), Set.of());

  public FollowerRecord {
    told = Collections.unmodifiableSortedMap(new TreeMap<>(told));
    stopped = Collections.unmodifiableSortedSet(new TreeSet<>(stopped));
  }

  private FollowerRecord(Map<String, ToldPrefix> told, Set<String> stopped) {
    this(new TreeMap<>(told), new TreeSet<>(stopped));
  }

  /** Reads both annotations. */
  public static FollowerRecord in(Map<String, String> annotations) {
    SortedMap<String, ToldPrefix> told = new TreeMap<>();
    for (String entry : annotations.getOrDefault(TOLD, "").split(",", -1)) {
      int is = entry.indexOf('=');
      if (is > 0) {
        ToldPrefix.parse(entry.substring(is + 1).strip())
            .ifPresent(prefix -> told.put(entry.substring(0, is).strip(), prefix));
      }
    }
    return new FollowerRecord(
        told,
        Arrays.stream(annotations.getOrDefault(STOPPED, "").split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toSet()));
  }

  public Optional<ToldPrefix> of(String follower) {
    return Optional.ofNullable(told.get(follower));
  }

  /** Returns the record with one more success. */
  public FollowerRecord with(String follower, ToldPrefix prefix) {
    SortedMap<String, ToldPrefix> now = new TreeMap<>(told);
    now.put(follower, prefix);
    return new FollowerRecord(now, stopped);
  }

  /** Returns the record with one more follower that is stopped. */
  public FollowerRecord stop(String follower) {
    SortedSet<String> now = new TreeSet<>(stopped);
    now.add(follower);
    return new FollowerRecord(told, now);
  }

  /** Returns the record of these followers alone: of others nobody keeps it up to date. */
  public FollowerRecord only(Set<String> followers) {
    SortedMap<String, ToldPrefix> kept = new TreeMap<>(told);
    kept.keySet().retainAll(followers);
    return new FollowerRecord(kept, stopped);
  }

  /** Returns the text of the annotation {@link #TOLD}. */
  public String toldText() {
    return told.entrySet().stream()
        .map(it -> it.getKey() + "=" + it.getValue())
        .collect(joining(","));
  }

  /** Returns the text of the annotation {@link #STOPPED}. */
  public String stoppedText() {
    return String.join(",", stopped);
  }
}
