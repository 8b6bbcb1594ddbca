package io.github.metallbdyn6.status;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Supplier;

/** Values as people read them; a value that is not known is an empty text. */
final class Format {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Format() {}

  /**
   * Returns the value in this format: {@code time} as 2026-11-22 18:51:07 UTC, {@code ago} as 3 min
   * ago, {@code span} of a number of seconds as 3 min, {@code few} as the first of a list, {@code
   * size} as the length of a list, {@code number} as 1,234, {@code number run} as 1 run or 1,234
   * runs.
   */
  static String of(JsonNode value, String format, Supplier<Instant> now) {
    if (value.isNull()) {
      return "";
    }
    return switch (format) {
      case "" ->
          value.isArray()
              ? value.valueStream().map(JsonNode::asText).collect(joining(", "))
              : value.asText();
      case "time" -> SECOND.format(time(value));
      case "ago" -> span(Duration.between(time(value), now.get()).toSeconds()) + " ago";
      case "span" -> span(value.longValue());
      case "few" -> FirstFew.of(value.valueStream().map(JsonNode::asText).toList());
      case "size" -> String.valueOf(value.size());
      default -> number(value.longValue(), format);
    };
  }

  private static Instant time(JsonNode value) {
    return Instant.parse(value.asText());
  }

  /** Returns a length of time in its largest unit. */
  static String span(long length) {
    long seconds = Math.max(0, length);
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3_600) {
      return seconds / 60 + " min";
    }
    return seconds < 48 * 3_600 ? seconds / 3_600 + " h" : seconds / 86_400 + " days";
  }

  private static String number(long number, String format) {
    if (!format.startsWith("number")) {
      throw new IllegalArgumentException("There is no format " + format);
    }
    String noun = format.substring("number".length());
    String plural = noun.isEmpty() || number == 1 ? "" : "s";
    return String.format(Locale.ROOT, "%,d", number) + noun + plural;
  }
}
