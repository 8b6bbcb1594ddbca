package io.github.metallbdyn6.report;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.metallb.Restart;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.Reversion;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened in a pass. */
public sealed interface PassEvent
    permits HandoverEvent,
        PassEvent.PrefixChanged,
        PassEvent.SourceChanged,
        PassEvent.PoolPatched,
        PassEvent.PoolReverted,
        PassEvent.RestartBegun,
        PassEvent.MetalLbReloaded,
        PassEvent.RestartForgiven,
        PassEvent.DryRun,
        PassEvent.PassFailed,
        PassEvent.PassSucceeded,
        PassEvent.PushTaken,
        PassEvent.PushRefused,
        PassEvent.PauseChanged,
        PassEvent.RoutesEdited {

  /** Returns when. */
  Instant at();

  /** Returns a word for programs: one for each sort of event, which never changes. */
  String kind();

  /** Returns what, in one line for people. */
  String text();

  /** Tells whether it is not worth remembering: it only says that all is as it was. */
  default boolean isEveryday() {
    return false;
  }

  /** The sources answered a usable prefix, and it is another one than before. */
  record PrefixChanged(
      Instant at, Optional<Ipv6Prefix> before, Ipv6Prefix now, List<String> sources)
      implements PassEvent {
    /** Keeps its own copy of the list. */
    public PrefixChanged {
      sources = List.copyOf(sources);
    }

    /** Returns the names of those who said so, separated by commas. */
    public String source() {
      return String.join(",", sources);
    }

    @Override
    public String kind() {
      return "prefixChanged";
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
    public String kind() {
      return "sourceChanged";
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
    public String kind() {
      return "poolPatched";
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
    public String kind() {
      return "poolReverted";
    }

    @Override
    public String text() {
      return isFight()
          ? "%s, %d times within an hour by now".formatted(reversion, times)
          : reversion.toString();
    }
  }

  /** MetalLB's pods are deleted, so that new ones run on the new addresses. */
  record RestartBegun(Instant at, List<MetalLbPod> pods) implements PassEvent {
    /** Copies the list. */
    public RestartBegun {
      pods = List.copyOf(pods);
    }

    @Override
    public String kind() {
      return "metalLbRestarting";
    }

    @Override
    public boolean isEveryday() {
      return true; // the end of the restart is remembered
    }

    @Override
    public String text() {
      return "MetalLB is restarted: " + FirstFew.of(pods);
    }
  }

  /** MetalLB runs on the new addresses, mostly after a restart. */
  record MetalLbReloaded(Instant at, Restart restart) implements PassEvent {
    /** Returns the pods that run now. */
    public List<MetalLbPod> pods() {
      return restart.pods();
    }

    /** Returns how long the restart took. */
    public Duration took() {
      return Duration.between(restart.begunAt(), restart.seenAt());
    }

    @Override
    public String kind() {
      return "metalLbReloaded";
    }

    /** Tells whether no pod had to go: MetalLB has been upgraded since. */
    @Override
    public boolean isEveryday() {
      return restart.owed().isEmpty();
    }

    @Override
    public String text() {
      return "MetalLB was restarted and runs on the new addresses, after %.1f s: %s"
          .formatted(
              took().toMillis() / 1000.0,
              FirstFew.of(pods().stream().map(MetalLbPod::name).toList()));
    }
  }

  /** A restart was owed, and the user wants none. */
  record RestartForgiven(Instant at) implements PassEvent {
    @Override
    public String kind() {
      return "restartForgiven";
    }

    @Override
    public String text() {
      return "MetalLB is not restarted (METALLB_DYN6_RELOAD=never)";
    }
  }

  /** A dry run shows what a pass would do. */
  record DryRun(Instant at, String text) implements PassEvent {
    @Override
    public String kind() {
      return "dryRun";
    }
  }

  /** A pass failed or held the pool, for this reason. */
  record PassFailed(Instant at, Trouble trouble) implements PassEvent {
    @Override
    public String kind() {
      return trouble.isHold() ? "held" : "passFailed";
    }

    @Override
    public boolean isEveryday() {
      return trouble.passes() > 1;
    }

    @Override
    public String text() {
      return (trouble.isHold() ? "the pool is held as it is: " : "a pass failed: ")
          + trouble.text();
    }
  }

  /** A pass succeeded; after failures, with the trouble that is over. */
  record PassSucceeded(Instant at, Optional<Trouble> ended) implements PassEvent {
    @Override
    public String kind() {
      return "passSucceeded";
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

  /** A router's push was taken. */
  record PushTaken(Instant at) implements PassEvent {
    @Override
    public String kind() {
      return "pushTaken";
    }

    @Override
    public boolean isEveryday() {
      return true; // another prefix is told by the pass that follows it
    }

    @Override
    public String text() {
      return "a push was taken";
    }
  }

  /**
   * A router's push was not taken.
   *
   * @param reason a name for why
   * @param caller the address that it came from
   * @param why the same in words
   * @param repeated whether the same was told a short while ago
   */
  record PushRefused(Instant at, String reason, String caller, String why, boolean repeated)
      implements PassEvent {
    @Override
    public String kind() {
      return "pushRefused";
    }

    @Override
    public boolean isEveryday() {
      return repeated;
    }

    @Override
    public String text() {
      return "a push from %s was not taken: %s".formatted(caller, why);
    }
  }

  /** A person paused the passes, or ended the pause. */
  record PauseChanged(Instant at, boolean paused) implements PassEvent {
    @Override
    public String kind() {
      return "pauseChanged";
    }

    @Override
    public String text() {
      return paused ? "passes are paused: the pool is left as it is" : "passes go on";
    }
  }

  /** Edited routes were taken over, or refused. */
  record RoutesEdited(Instant at, boolean refused, String text) implements PassEvent {
    @Override
    public String kind() {
      return refused ? "routesRefused" : "routesEdited";
    }
  }
}
