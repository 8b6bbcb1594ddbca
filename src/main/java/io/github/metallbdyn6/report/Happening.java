package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.metallb.MetalLbPod;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.pool.Reversion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something that happened in a pass. */
public sealed interface Happening {

  /** Returns when. */
  Instant at();

  /** Returns what, in one line for people. */
  String text();

  /** Tells whether it is not worth remembering: it only says that all is as it was. */
  default boolean isEveryday() {
    return false;
  }

  /** The sources answered a usable prefix, and it is another one than before. */
  record PrefixChanged(
      Instant at, Optional<Ipv6Prefix> before, Ipv6Prefix now, List<String> sources)
      implements Happening {
    /** Keeps its own copy of the list. */
    public PrefixChanged {
      sources = List.copyOf(sources);
    }

    /** Returns the names of those who said so, separated by commas. */
    public String source() {
      return String.join(",", sources);
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
  record SourceChanged(Instant at, String before, String now) implements Happening {
    @Override
    public String text() {
      return "source %s answers now, before it was %s; the prefix is the same"
          .formatted(now, before);
    }
  }

  /** The pool was patched. */
  record PoolPatched(Instant at, PoolPlan plan) implements Happening {
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
  record PoolReverted(Instant at, Reversion reversion, int times) implements Happening {
    private static final int FIGHT = 3;

    /** Tells whether somebody does so again and again. */
    boolean isFight() {
      return times >= FIGHT;
    }

    @Override
    public String text() {
      return isFight()
          ? "%s, %d times within an hour by now".formatted(reversion, times)
          : reversion.toString();
    }
  }

  /** MetalLB was restarted, and runs on the new addresses. */
  record MetalLbReloaded(Instant at, Duration took, List<MetalLbPod> pods) implements Happening {
    /** Keeps its own copy of the list. */
    public MetalLbReloaded {
      pods = List.copyOf(pods);
    }

    @Override
    public String text() {
      return "MetalLB was restarted and runs on the new addresses, after %.1f s: %s"
          .formatted(
              took.toMillis() / 1000.0, Some.of(pods.stream().map(MetalLbPod::name).toList()));
    }
  }

  /** Services were moved to the new range. */
  record ServicesMoved(Instant at, int count, AddressRange range, Duration took)
      implements Happening {
    @Override
    public String text() {
      return "%d %s moved to %s, after %.1f s"
          .formatted(
              count, count == 1 ? "service has" : "services have", range, took.toMillis() / 1000.0);
    }
  }

  /** Services are not where they should be. */
  record ServicesLeft(Instant at, List<HandoverPlan.Problem> problems) implements Happening {
    /** Keeps its own copy of the list. */
    public ServicesLeft {
      problems = List.copyOf(problems);
    }

    @Override
    public String text() {
      return problems.size() == 1
          ? "a service does not have the address that it should have: " + problems.get(0)
          : "%d services do not have the addresses that they should have: %s"
              .formatted(problems.size(), Some.of(problems));
    }
  }

  /** Services request other addresses now, since MetalLB could not give what they requested. */
  record PinsRepaired(Instant at, List<HandoverPlan.Problem> repairs) implements Happening {
    /** Keeps its own copy of the list. */
    public PinsRepaired {
      repairs = List.copyOf(repairs);
    }

    @Override
    public String text() {
      return "a service had no address: " + Some.of(repairs);
    }
  }

  /** Old ranges have left the pool. */
  record RangesRetired(Instant at, Retirement retirement, List<ServiceState> leftBehind)
      implements Happening {
    /** Keeps its own copy of the list. */
    public RangesRetired {
      leftBehind = List.copyOf(leftBehind);
    }

    @Override
    public String text() {
      return leftBehind.isEmpty()
          ? "%s retired: no service needs it any more".formatted(retirement)
          : "%s retired, although these services have not moved: %s"
              .formatted(retirement, Some.of(leftBehind));
    }
  }

  /** A pass failed or held the pool, for this reason. */
  record PassFailed(Instant at, Trouble trouble) implements Happening {
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
  record PassSucceeded(Instant at, Optional<Trouble> ended) implements Happening {
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
  record PushTaken(Instant at) implements Happening {
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
      implements Happening {
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
  record PauseChanged(Instant at, boolean paused) implements Happening {
    @Override
    public String text() {
      return paused ? "passes are paused: the pool is left as it is" : "passes go on";
    }
  }

  /** Edited routes were taken over, or refused. */
  record RoutesEdited(Instant at, boolean refused, String text) implements Happening {}
}
