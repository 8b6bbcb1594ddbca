package io.github.metallbdyn6.report;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.Reversion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened in a pass. */
public sealed interface PassEvent
    permits FollowerEvent,
        HandoverEvent,
        ProgramEvent,
        RestartEvent,
        PassEvent.PrefixChanged,
        PassEvent.SourceChanged,
        PassEvent.PoolPatched,
        PassEvent.PoolReverted,
        PassEvent.DryRun,
        PassEvent.PassFailed,
        PassEvent.PassSucceeded {

  Instant at();

  EventKind kind();

  /** Returns what, in one line for people. */
  String text();

  /** Tells whether it is not worth remembering: it only says that all is as it was. */
  default boolean isEveryday() {
    return false;
  }

  /** Tells whether it happens to all pools at once, and is to be told once. */
  default boolean isShared() {
    return false;
  }

  /** The sources answered a usable prefix, and it is another one than before. */
  record PrefixChanged(
      Instant at, Optional<Ipv6Prefix> before, Ipv6Prefix now, List<String> sources)
      implements PassEvent {
    public PrefixChanged {
      sources = List.copyOf(sources);
    }

    /** Returns the names of those who said so, separated by commas. */
    public String source() {
      return String.join(",", sources);
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public EventKind kind() {
      return EventKind.PREFIX_CHANGED;
    }

    @Override
    public String text() {
      return "%s the prefix %s%s"
          .formatted(
              sources.size() == 1
                  ? "source " + sources.get(0) + " answers"
                  : "sources " + String.join(", ", sources) + " agree on",
              now,
              before.map(old -> ", before it was " + old).orElse(""));
    }
  }

  /** Another source gave the same prefix: the preferred one failed, or is back. */
  record SourceChanged(Instant at, String before, String now) implements PassEvent {
    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public EventKind kind() {
      return EventKind.SOURCE_CHANGED;
    }

    @Override
    public String text() {
      return "source %s answers now, before it was %s; the prefix is the same"
          .formatted(now, before);
    }
  }

  /** The pool was patched. */
  record PoolPatched(Instant at, String pool, PoolPlan plan) implements PassEvent {
    @Override
    public EventKind kind() {
      return EventKind.POOL_PATCHED;
    }

    @Override
    public String text() {
      return "the pool was patched: " + plan.summary();
    }
  }

  /**
   * Somebody has undone what the program wrote into the pool.
   *
   * @param times how often within the hour before, this time included
   */
  record PoolReverted(Instant at, Reversion reversion, int times) implements PassEvent {
    private static final int FIGHT = 3;

    /** Tells whether somebody does so again and again. */
    boolean isFight() {
      return times >= FIGHT;
    }

    @Override
    public EventKind kind() {
      return EventKind.POOL_REVERTED;
    }

    @Override
    public String text() {
      return isFight()
          ? "%s, %d times within an hour by now".formatted(reversion, times)
          : reversion.toString();
    }
  }

  /** A dry run shows what a pass would do. */
  record DryRun(Instant at, String text) implements PassEvent {
    @Override
    public EventKind kind() {
      return EventKind.DRY_RUN;
    }
  }

  /** A pass failed or held the pool, for this reason. */
  record PassFailed(Instant at, Trouble trouble) implements PassEvent {
    @Override
    public EventKind kind() {
      return trouble.isHold() ? EventKind.HELD : EventKind.PASS_FAILED;
    }

    @Override
    public boolean isEveryday() {
      return trouble.passes() > 1;
    }

    @Override
    public boolean isShared() {
      return trouble.isShared();
    }

    @Override
    public String text() {
      return (trouble.isHold() ? trouble.holdInWords() + ": " : "a pass failed: ") + trouble.text();
    }
  }

  /** A pass succeeded; after failures, with the trouble that is over. */
  record PassSucceeded(Instant at, Optional<Trouble> ended) implements PassEvent {
    @Override
    public EventKind kind() {
      return EventKind.PASS_SUCCEEDED;
    }

    @Override
    public boolean isEveryday() {
      return ended.isEmpty();
    }

    @Override
    public String text() {
      return ended
          .map(trouble -> "passes succeed again, after %d that did not".formatted(trouble.passes()))
          .orElse("a pass succeeded");
    }
  }
}
