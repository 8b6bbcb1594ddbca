package io.github.metallbdyn6.report;

import java.util.Locale;
import java.util.stream.Stream;

/** The sorts of events: a word for programs, which never changes, and a title for people. */
public enum EventKind {
  PREFIX_CHANGED("Prefix", Tone.NEWS),
  SOURCE_CHANGED("Source", Tone.NEWS),
  POOL_PATCHED("Patch", Tone.GOOD),
  /** Somebody has undone a change. */
  POOL_REVERTED("Undone", Tone.WARNING),
  METAL_LB_RESTARTING("Restart", Tone.NEWS),
  METAL_LB_RELOADED("Restart", Tone.NEWS),
  RESTART_FORGIVEN("No restart", Tone.NEWS),
  DRY_RUN("Dry run", Tone.NEWS),
  SERVICES_MOVING("Moving", Tone.NEWS),
  SERVICES_MOVED("Moved", Tone.GOOD),
  SERVICES_LATE("Waiting", Tone.NEWS),
  SERVICES_LEFT("Not moved", Tone.WARNING),
  /** The next change leaves services without an address. */
  SERVICES_PINNED("At risk", Tone.WARNING),
  /** Services have no address that clients can reach. */
  SERVICES_UNREACHABLE("Outage", Tone.WARNING),
  PINS_REPAIRED("Repaired", Tone.WARNING),
  RANGES_RETIRED("Retired", Tone.GOOD),
  HELD("Hold", Tone.WARNING),
  PASS_FAILED("Failure", Tone.BAD),
  PASS_SUCCEEDED("Recovery", Tone.GOOD),
  PUSH_TAKEN("Push", Tone.NEWS),
  PUSH_REFUSED("Push refused", Tone.WARNING),
  FOLLOWER_TOLD("Follower", Tone.GOOD),
  FOLLOWER_FAILED("Follower failed", Tone.WARNING),
  FOLLOWER_STOPPED("Follower stopped", Tone.BAD),
  PAUSE_CHANGED("Pause", Tone.WARNING),
  ORDERED("Order", Tone.NEWS),
  ORDER_REFUSED("Order refused", Tone.WARNING),
  HANDOVER_ALLOWED("Access", Tone.GOOD),
  HANDOVER_FORBIDDEN("No access", Tone.WARNING),
  LEADER_CHANGED("Leader", Tone.NEWS),
  ROUTES_EDITED("Routes", Tone.NEWS),
  ROUTES_REFUSED("Routes refused", Tone.BAD);

  /** The impression that an event makes. */
  public enum Tone {
    /** Nothing to like or to mend. */
    NEWS,
    /** All is as it should be. */
    GOOD,
    /** Somebody may have to do something. */
    WARNING,
    /** Something failed. */
    BAD;

    /** The word for programs, such as {@code good}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String title;
  private final Tone tone;

  EventKind(String title, Tone tone) {
    this.title = title;
    this.tone = tone;
  }

  public static EventKind of(String word) {
    return Stream.of(values())
        .filter(kind -> kind.toString().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no kind of event: " + word));
  }

  /** Returns a title for people. */
  public String title() {
    return title;
  }

  /** Returns the impression that the event makes. */
  public Tone tone() {
    return tone;
  }

  /** The word for programs, such as {@code poolPatched}. */
  @Override
  public String toString() {
    StringBuilder word = new StringBuilder();
    for (String part : name().split("_", -1)) {
      String rest = part.substring(1).toLowerCase(Locale.ROOT);
      word.append(word.length() == 0 ? part.toLowerCase(Locale.ROOT) : part.charAt(0) + rest);
    }
    return word.toString();
  }
}
