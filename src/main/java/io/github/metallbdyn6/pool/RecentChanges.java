package io.github.metallbdyn6.pool;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When the program changed the pool within an hour, as an annotation of the pool remembers it. */
public record RecentChanges(List<Instant> times) {
  /** More than anybody allows in an hour, and few enough for an annotation. */
  static final int REMEMBERED = 60;

  /** How far back changes are remembered and counted. */
  private static final Duration RECENT = Duration.ofHours(1);

  public RecentChanges {
    times = List.copyOf(times);
  }

  /** Times in the future come from a clock that was wrong; they would hold the pool for long. */
  static RecentChanges parse(String text, Instant now) {
    return new RecentChanges(
        Arrays.stream(text.split(","))
            .map(TimedRange::parseTime)
            .flatMap(Optional::stream)
            .filter(time -> !time.isAfter(now) && time.isAfter(now.minus(RECENT)))
            .sorted()
            .toList());
  }

  int count() {
    return times.size();
  }

  /** Returns when the next change is allowed, where an hour has seen so many already. */
  Instant nextAllowed(int maxPerHour) {
    return times.get(times.size() - maxPerHour).plus(RECENT);
  }

  /** Returns the text of the annotation once there is one more. */
  String textWith(Instant change) {
    return Stream.concat(times.stream(), Stream.of(change.truncatedTo(ChronoUnit.SECONDS)))
        .skip(Math.max(0, times.size() + 1 - REMEMBERED))
        .map(Instant::toString)
        .collect(joining(","));
  }
}
