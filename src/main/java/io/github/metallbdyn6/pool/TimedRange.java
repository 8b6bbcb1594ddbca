package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A range and a time that has to do with it, as an annotation has them: {@code
 * 2001:db8::1-2001:db8::9=2026-11-22T20:00:00Z}.
 */
record TimedRange(AddressRange range, Instant time) {

  static Optional<TimedRange> parse(String text) {
    int equals = text.indexOf('=');
    return parseTime(text.substring(equals + 1))
        .flatMap(
            time ->
                AddressRange.parseEntry(text.substring(0, Math.max(0, equals)).strip())
                    .map(range -> new TimedRange(range, time)));
  }

  static Optional<Instant> parseTime(String text) {
    try {
      return Optional.of(Instant.parse(text.strip()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return range + "=" + time;
  }
}
