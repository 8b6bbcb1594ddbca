package io.github.metallbdyn6.report;

import java.util.Locale;
import java.util.stream.Stream;

/** The sorts of events: a word for programs, which never changes, and a title for people. */
public enum EventKind {
  /** The sources answer another prefix. */
  PREFIX_CHANGED("Prefix", Tone.NEWS),
  /** Another source answers the same prefix. */
  SOURCE_CHANGED("Source", Tone.NEWS),
  /** The pool was patched. */
  POOL_PATCHED("Patch", Tone.GOOD),
  /** Somebody has undone a change. */
  POOL_REVERTED("Undone", Tone.WARNING),
  /** MetalLB is being restarted. */
  METAL_LB_RESTARTING("Restart", Tone.NEWS),
  /** MetalLB was restarted. */
  METAL_LB_RELOADED("Restart", Tone.NEWS),
  /** A restart was owed, and the user wants none. */
  RESTART_FORGIVEN("No restart", Tone.NEWS),
  /** A dry run shows what it would do. */
  DRY_RUN("Dry run", Tone.NEWS),
  /** Services are asked to move. */
  SERVICES_MOVING("Moving", Tone.NEWS),
  /** Services have moved. */
  SERVICES_MOVED("Moved", Tone.GOOD),
  /** Services have not moved yet. */
  SERVICES_LATE("Waiting", Tone.NEWS),
  /** Services do not have the addresses that they should have. */
  SERVICES_LEFT("Not moved", Tone.WARNING),
  /** The next change leaves services without an address. */
  SERVICES_PINNED("At risk", Tone.WARNING),
  /** Services have no address that clients can reach. */
  SERVICES_UNREACHABLE("Outage", Tone.WARNING),
  /** The program has changed what services request. */
  PINS_REPAIRED("Repaired", Tone.WARNING),
  /** Old ranges have left the pool. */
  RANGES_RETIRED("Retired", Tone.GOOD),
  /** A change is held. */
  HELD("Hold", Tone.WARNING),
  /** A pass failed. */
  PASS_FAILED("Failure", Tone.BAD),
  /** A pass succeeded. */
  PASS_SUCCEEDED("Recovery", Tone.GOOD),
  /** A push was taken. */
  PUSH_TAKEN("Push", Tone.NEWS),
  /** A push was not taken. */
  PUSH_REFUSED("Push refused", Tone.WARNING),
  /** A follower was told. */
  FOLLOWER_TOLD("Follower", Tone.GOOD),
  /** A follower failed. */
  FOLLOWER_FAILED("Follower failed", Tone.WARNING),
  /** A follower is stopped until a person acts. */
  FOLLOWER_STOPPED("Follower stopped", Tone.BAD),
  /** Passes are paused, or go on. */
  PAUSE_CHANGED("Pause", Tone.WARNING),
  /** A person has ordered something in the pool. */
  ORDERED("Order", Tone.NEWS),
  /** An order in the pool is not understood. */
  ORDER_REFUSED("Order refused", Tone.WARNING),
  /** The account may move services. */
  HANDOVER_ALLOWED("Access", Tone.GOOD),
  /** The account may not move services, and the user wants it to. */
  HANDOVER_FORBIDDEN("No access", Tone.WARNING),
  /** Another replica leads. */
  LEADER_CHANGED("Leader", Tone.NEWS),
  /** Edited routes are in use. */
  ROUTES_EDITED("Routes", Tone.NEWS),
  /** Edited routes are refused. */
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

  /** Returns the kind with this word. */
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
