package io.github.metallbdyn6.answer;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a delegated prefix is still good, as far as its source says so (RFC 8415, section
 * 21.22): from then on no new connections should begin under it, or none can exist.
 *
 * @param preferred until it should not be used for anything new any more
 * @param valid until it must not be used at all any more
 */
public record Lifetimes(Optional<Duration> preferred, Optional<Duration> valid) {
  /** Nothing is known. */
  public static final Lifetimes UNKNOWN = new Lifetimes(Optional.empty(), Optional.empty());

  private static final String WHOLE_NUMBER = "[0-9]{1,10}";

  /**
   * Reads what a source left in its headers, whole numbers of seconds.
   *
   * @throws RefusedAnswer when one is no such number, or when the prefix is to be preferred for
   *     longer than it is valid, or not at all any more
   */
  static Lifetimes of(@Nullable Object preferred, @Nullable Object valid) {
    Lifetimes lifetimes = new Lifetimes(seconds("preferred", preferred), seconds("valid", valid));
    lifetimes.requireUsable();
    return lifetimes;
  }

  private static Optional<Duration> seconds(String which, @Nullable Object value) {
    String text = value == null ? "" : value.toString().strip();
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!text.matches(WHOLE_NUMBER)) {
      throw new RefusedAnswer(
          Reason.LIFETIME, "the %s lifetime is no number of seconds".formatted(which));
    }
    return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
  }

  private void requireUsable() {
    if (preferred.filter(Duration::isZero).isPresent()) {
      throw new RefusedAnswer(
          Reason.LIFETIME, "the prefix is deprecated: its preferred lifetime is 0");
    }
    if (valid.filter(Duration::isZero).isPresent()) {
      throw new RefusedAnswer(
          Reason.LIFETIME, "the prefix is no longer valid: its valid lifetime is 0");
    }
    if (preferred.isPresent() && valid.isPresent() && preferred.get().compareTo(valid.get()) > 0) {
      throw new RefusedAnswer(
          Reason.LIFETIME, "the preferred lifetime is longer than the valid one");
    }
  }
}
