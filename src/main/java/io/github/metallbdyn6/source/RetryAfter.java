package io.github.metallbdyn6.source;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;

/**
 * How long a provider is left alone that answers 403 (forbidden) or 429 (too many requests, RFC
 * 6585): as long as its {@code Retry-After} says (RFC 9110, section 10.2.3), or, if it has none,
 * two minutes, and then twice as long each time, up to an hour.
 */
public final class RetryAfter {
  private static final Set<Integer> REFUSALS = Set.of(403, 429);
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Two minutes, doubled so often, are more than an hour. */
  private static final int DOUBLINGS = 5;

  /** Beyond that it is a mistake: a home cannot be without its source for longer. */
  private static final Duration LONGEST_ASKED_FOR = Duration.ofDays(1);

  private RetryAfter() {}

  /** Returns how long a server asks to be left alone that refused what this failure is of. */
  public static Optional<Duration> askedBy(Throwable failure, Instant now) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .filter(HttpOperationFailedException.class::isInstance)
        .map(HttpOperationFailedException.class::cast)
        .findFirst()
        .flatMap(answer -> askedFor(answer, now))
        .map(time -> shorter(Duration.between(now, time), LONGEST_ASKED_FOR));
  }

  static boolean isRefusal(HttpOperationFailedException answer) {
    return REFUSALS.contains(answer.getStatusCode());
  }

  /**
   * Returns for how long to leave the provider alone.
   *
   * @param before how often in a row it has refused before
   */
  static Duration of(HttpOperationFailedException refusal, int before, Instant now) {
    return askedFor(refusal, now)
        .map(time -> shorter(Duration.between(now, time), LONGEST_ASKED_FOR))
        .orElseGet(() -> shorter(FIRST.multipliedBy(1L << Math.min(before, DOUBLINGS)), LONGEST));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Optional<Instant> askedFor(HttpOperationFailedException refusal, Instant now) {
    Map<String, String> headers = refusal.getResponseHeaders();
    return headers == null
        ? Optional.empty()
        : headers.entrySet().stream()
            .filter(header -> "Retry-After".equalsIgnoreCase(header.getKey()))
            .flatMap(header -> timeOf(header.getValue().strip(), now).stream())
            .filter(now::isBefore)
            .findFirst();
  }

  private static Optional<Instant> timeOf(String text, Instant now) {
    if (text.matches("[0-9]{1,9}")) {
      return Optional.of(now.plusSeconds(Long.parseLong(text)));
    }
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
