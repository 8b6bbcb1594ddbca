package io.github.metallbdyn6.handover;

import java.util.Locale;

/**
 * How things stand with a service of the pool, for people.
 *
 * @param service as it was heard of last
 * @param kind in one word
 * @param reason why it is not as it should be, as a phrase; empty where it is
 * @param advice what a person can do about it; empty where nobody has to
 */
public record ServiceCondition(ServiceState service, Kind kind, String reason, String advice) {

  /** The kinds, the worst last. */
  public enum Kind {
    /** It has an address under the current prefix. */
    IN_PLACE("in place"),
    /** It has an address under the current prefix, and loses it with the next change. */
    PINNED("pinned to this prefix"),
    /** It has an address of a range that retires, and is on its way to another one. */
    MOVING("moving"),
    /** It has an address under the current prefix, but another one than it declares. */
    NOT_AS_DECLARED("not as declared"),
    /** It stays on an address of a range that retires. */
    LEFT_BEHIND("left behind"),
    /** It has an address that the pool has no more. */
    DEAD_PREFIX("on a dead prefix"),
    NO_ADDRESS("no address");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    public String title() {
      return title;
    }

    /** Tells whether clients cannot reach the service by IPv6 by now. */
    public boolean isUnreachable() {
      return this == DEAD_PREFIX || this == NO_ADDRESS;
    }

    /** Tells whether somebody should look. */
    public boolean isTrouble() {
      return this != IN_PLACE && this != PINNED && this != MOVING;
    }

    /** Returns the word for programs, such as {@code no_address}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public String toString() {
    return service + ": " + reason;
  }
}
