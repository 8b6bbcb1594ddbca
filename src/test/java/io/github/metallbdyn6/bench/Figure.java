package io.github.metallbdyn6.bench;

import java.time.Duration;
import java.util.List;

/**
 * One cell of the table.
 *
 * @param text what people read
 * @param value the number by which columns are compared
 */
record Figure(String text, double value) {
  /** The median, and the extremes. */
  static Figure of(List<Duration> durations) {
    List<Duration> sorted = durations.stream().sorted().toList();
    Duration median = sorted.get(sorted.size() / 2);
    String text =
        "%s ms (%s to %s)"
            .formatted(
                millis(median), millis(sorted.get(0)), millis(sorted.get(sorted.size() - 1)));
    return new Figure(text, median.toNanos() / 1e6);
  }

  private static String millis(Duration duration) {
    double millis = duration.toNanos() / 1e6;
    return (millis < 100 ? "%.1f" : "%.0f").formatted(millis);
  }

  static Figure of(String format, double value) {
    return new Figure(format.formatted(value), value);
  }

  static Figure count(String format, long value) {
    return new Figure(format.formatted(value), (double) value);
  }

  static Figure megabytes(long kilobytes) {
    return new Figure(kilobytes / 1024 + " MB", (double) kilobytes);
  }

  /** Returns how much more than another one it is. */
  String ratioTo(Figure other) {
    return other.value == 0 ? "" : "%.2f".formatted(value / other.value);
  }
}
