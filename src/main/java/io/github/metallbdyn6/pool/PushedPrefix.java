package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The prefix that a router has pushed last. A router says it once and then for days no more, so
 * that the pool has to remember it: in the annotation {@link #ANNOTATION}, as {@code
 * 2001:db8:0:1::/64=2026-11-22T20:00:00Z}.
 *
 * @param prefix as it was pushed; of an address its /64
 * @param at when it was pushed first
 */
public record PushedPrefix(Ipv6Prefix prefix, Instant at) {

  /** The annotation's name. */
  public static final String ANNOTATION = "metallb-dyn6/pushed-prefix";

  /** Keeps whole seconds, as the annotation does. */
  public PushedPrefix {
    at = at.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Reads an annotation; what is no prefix and time is no pushed prefix. */
  public static Optional<PushedPrefix> parse(String text) {
    int sign = text.indexOf('=');
    try {
      return Optional.of(
          new PushedPrefix(
              Ipv6Prefix.parse(text.substring(0, Math.max(0, sign)).strip()),
              Instant.parse(text.substring(sign + 1).strip())));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return prefix + "=" + at;
  }

  /**
   * A push that was accepted and kept.
   *
   * @param prefix what was pushed
   * @param isNew whether it differs from what was known before
   */
  public record Kept(Ipv6Prefix prefix, boolean isNew) {}
}
