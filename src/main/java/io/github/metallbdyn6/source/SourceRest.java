package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.pass.SourceBackingOff;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a provider alone that does not want to be asked: one that answers 403 (forbidden) or 429
 * (too many requests, RFC 6585) is not asked again before the time that its {@code Retry-After}
 * names (RFC 9110, section 10.2.3), or, if it names none, for a while that doubles each time.
 */
public final class SourceRest {
  private static final Set<Integer> UNWANTED = Set.of(403, 429);
  private static final Duration FIRST = Duration.ofMinutes(2);
  private static final Duration LONGEST = Duration.ofHours(1);

  /** Beyond that it is a mistake: a home cannot be without its source for longer. */
  private static final Duration LONGEST_ASKED_FOR = Duration.ofDays(1);

  private record Rest(Instant until, Duration next, Exception reason) {}

  private final Clock clock;
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();
  private final Map<String, Exception> failures = new ConcurrentHashMap<>();

  /** Begins with nobody at rest. */
  public SourceRest(Clock clock) {
    this.clock = clock;
  }

  /**
   * Lets a source be asked unless it is at rest.
   *
   * @throws SourceBackingOff when it is
   */
  public void requireAwake(String source) {
    Rest rest = resting.get(source);
    if (rest != null && clock.instant().isBefore(rest.until())) {
      throw new SourceBackingOff(rest.until(), rest.reason());
    }
  }

  /** Notes that it answered. */
  public SourceResult answered(String source, Answer answer) {
    resting.remove(source);
    return SourceResult.answered(source, answer);
  }

  /**
   * Notes why it did not, and lets it rest if that is what it asks for.
   *
   * @param failure nothing when the circuit breaker did not let it be asked: then it is as before
   */
  public SourceResult failed(String source, @Nullable Exception failure) {
    Exception reason = failure == null ? failures.get(source) : failure;
    if (reason == null) {
      throw new IllegalStateException(source + " was not asked, and never failed");
    }
    failures.put(source, reason);
    requireMachine(reason);
    if (failure instanceof HttpOperationFailedException http
        && UNWANTED.contains(http.getStatusCode())) {
      resting.compute(source, (name, before) -> rest(before, http));
    }
    return SourceResult.failed(source, withRest(source, reason));
  }

  /** The failure tells until when nobody asks again. */
  private Exception withRest(String source, Exception reason) {
    Rest rest = resting.get(source);
    return rest != null && rest.reason() == reason && clock.instant().isBefore(rest.until())
        ? new SourceBackingOff(rest.until(), reason)
        : reason;
  }

  /** A full stack or memory is not the source's failure, and no other source may hide it. */
  private static void requireMachine(Exception reason) {
    for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
      if (cause instanceof VirtualMachineError error) {
        throw error;
      }
    }
  }

  private Rest rest(@Nullable Rest before, HttpOperationFailedException failure) {
    Instant now = clock.instant();
    Duration wait = before == null ? FIRST : before.next();
    Duration next = shorter(wait.multipliedBy(2), LONGEST);
    Instant until =
        retryAfter(failure, now)
            .map(time -> shorter(Duration.between(now, time), LONGEST_ASKED_FOR))
            .map(now::plus)
            .orElse(now.plus(wait));
    return new Rest(until, next, failure);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Optional<Instant> retryAfter(HttpOperationFailedException failure, Instant now) {
    Map<String, String> headers = failure.getResponseHeaders();
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
