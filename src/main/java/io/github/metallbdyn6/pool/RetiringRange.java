package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A range of ours under an older prefix. It stays in the pool beside the wanted one until no
 * service needs it any more. As text {@code RANGE=SINCE}, or {@code RANGE=SINCE/VALID_UNTIL}.
 *
 * @param range the range
 * @param since when another one was wanted instead
 * @param validUntil until when a source had last said that its prefix is valid, if it did
 */
public record RetiringRange(AddressRange range, Instant since, Optional<Instant> validUntil) {
  /** Clocks differ by less. */
  private static final Duration SKEW = Duration.ofMinutes(1);

  /**
   * Reads the annotation's text; what is none is left out. So is a range that begins to retire only
   * in the future, which the program cannot have written: it would stay for as long.
   */
  static List<RetiringRange> parseAll(String text, Instant readAt) {
    return Arrays.stream(text.split(","))
        .map(RetiringRange::parse)
        .flatMap(Optional::stream)
        .filter(range -> !range.since().isAfter(readAt.plus(SKEW)))
        .toList();
  }

  private static Optional<RetiringRange> parse(String text) {
    String[] parts = text.split("/", 2);
    Optional<Instant> validUntil =
        parts.length < 2 ? Optional.empty() : TimedRange.parseTime(parts[1]);
    return TimedRange.parse(parts[0])
        .map(timed -> new RetiringRange(timed.range(), timed.time(), validUntil));
  }

  /** Returns for how long its prefix was still to be valid when it began to retire. */
  public Duration validity() {
    return validUntil
        .filter(until -> until.isAfter(since))
        .map(until -> Duration.between(since, until))
        .orElse(Duration.ZERO);
  }

  static String textOf(Collection<RetiringRange> ranges) {
    return ranges.stream().map(RetiringRange::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return range + "=" + since + validUntil.map(until -> "/" + until).orElse("");
  }
}
