package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A range of ours under an older prefix. It stays in the pool beside the wanted one until no
 * service needs it any more.
 *
 * @param range the range
 * @param since when another one was wanted instead
 */
public record RetiringRange(AddressRange range, Instant since) {

  /** Reads the annotation's text; what is none is left out. */
  static List<RetiringRange> parseAll(String text) {
    return Arrays.stream(text.split(","))
        .map(RetiringRange::parse)
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<RetiringRange> parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return Optional.empty();
    }
    try {
      Instant since = Instant.parse(text.substring(equals + 1).strip());
      return AddressRange.parseEntry(text.substring(0, equals).strip())
          .map(range -> new RetiringRange(range, since));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** Returns the annotation's text. */
  static String textOf(Collection<RetiringRange> ranges) {
    return ranges.stream().map(RetiringRange::toString).collect(Collectors.joining(","));
  }

  @Override
  public String toString() {
    return range + "=" + since;
  }
}
