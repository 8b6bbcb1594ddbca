package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.text;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Instants for people: how long ago, and when.
 *
 * @param now when the page was made
 */
record Times(Instant now) {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** Returns {@code 2026-11-22 18:51:07 UTC}. */
  static Markup when(Instant time) {
    return element("time", attribute("datetime", time), text(SECOND.format(time)));
  }

  /** Returns {@code 3 min ago}; the exact time shows when pointed at. */
  Markup ago(@Nullable Instant time) {
    return time == null
        ? text("not yet")
        : element(
            "time",
            attribute("datetime", time),
            attribute("title", SECOND.format(time)),
            text(span(Duration.between(time, now)) + " ago"));
  }

  /** Returns a length of time in its largest unit. */
  static String span(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }
}
