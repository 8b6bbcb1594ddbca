package io.github.metallbdyn6.pool;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A person's order to leave the pool as it is, from the pool's annotation {@link #ANNOTATION}.
 *
 * @param until when the pause ends; without it, when the annotation is removed
 */
public record PauseOrder(Optional<Instant> until) {

  /** The annotation's name. */
  public static final String ANNOTATION = "metallb-dyn6/pause";

  private static final String NO_END = "true";
  private static final Pattern UNTIL = Pattern.compile("until\\s+(?<time>\\S+)");
  private static final int SHOWN = 40;

  /** Keeps whole seconds, as the annotation does. */
  public PauseOrder {
    until = until.map(time -> time.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Reads an annotation. A time of day is the next one, in UTC.
   *
   * @throws IllegalArgumentException with a sentence for people when it is no such order
   */
  public static PauseOrder parse(String text, Instant now) {
    String order = text.strip();
    if (order.equals(NO_END)) {
      return new PauseOrder(Optional.empty());
    }
    Matcher until = UNTIL.matcher(order);
    try {
      if (until.matches()) {
        return new PauseOrder(Optional.of(timeOf(until.group("time"), now)));
      }
    } catch (DateTimeException e) {
      throw refusal(order);
    }
    throw refusal(order);
  }

  private static IllegalArgumentException refusal(String text) {
    String shown = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    return new IllegalArgumentException(
        "%s=\"%s\" pauses nothing; write \"true\", \"until 18:00\" or \"until 2026-11-28T18:00:00Z\" (UTC)"
            .formatted(ANNOTATION, shown.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}\"]", "?")));
  }

  private static Instant timeOf(String text, Instant now) {
    if (text.matches("\\d{1,2}:\\d{2}")) {
      LocalTime time = LocalTime.parse(text.length() < 5 ? "0" + text : text);
      Instant today =
          time.atDate(LocalDate.ofInstant(now, ZoneOffset.UTC)).toInstant(ZoneOffset.UTC);
      return today.isAfter(now) ? today : today.plus(1, ChronoUnit.DAYS);
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }

  /** Tells whether the pause has ended by itself. */
  public boolean isOver(Instant now) {
    return until.filter(end -> !end.isAfter(now)).isPresent();
  }

  /** Returns the annotation that says the same on every day. */
  @Override
  public String toString() {
    return until.map(end -> "until " + end).orElse(NO_END);
  }
}
