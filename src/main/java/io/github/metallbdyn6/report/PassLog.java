package io.github.metallbdyn6.report;

import io.github.metallbdyn6.metallb.Restart;
import io.github.metallbdyn6.text.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs what passes do, and how they go: a failure once, not once a minute, then now and again while
 * it lasts; and its end. A pass that changes nothing is worth no line.
 */
public final class PassLog implements Consumer<PassEvent> {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private static final Duration REMIND_EVERY = Duration.ofHours(1);

  private final String label;
  private final BooleanSupplier leads;
  private final AtomicBoolean begun;
  private String answer = "";

  /** When each failure was told, by its kind, until a pass succeeds. */
  private final Map<String, Instant> saidAt = new HashMap<>();

  private Instant lastFight = Instant.EPOCH;
  private boolean wasFight;

  /** Logs for the only pool. */
  public PassLog() {
    this("", () -> true, new AtomicBoolean());
  }

  private PassLog(String label, BooleanSupplier leads, AtomicBoolean begun) {
    this.label = label;
    this.leads = leads;
    this.begun = begun;
  }

  /**
   * Logs for one of several pools, which each line names.
   *
   * @param leads tells whether this pool is the one for which is logged what happens to all
   * @param begun tells, for all pools, whether a first success was logged
   */
  public static PassLog ofPool(String pool, BooleanSupplier leads, AtomicBoolean begun) {
    return new PassLog("Pool %s: ".formatted(pool), leads, begun);
  }

  @Override
  public synchronized void accept(PassEvent what) {
    if (what instanceof PassEvent.PrefixChanged) {
      answer = what.text();
    }
    if (!what.isShared() || leads.getAsBoolean()) {
      log(what);
    }
  }

  private void log(PassEvent what) {
    String lead = what.isShared() ? "" : label;
    if (what instanceof PassEvent.PassFailed failed) {
      log(failed);
    } else if (what instanceof PassEvent.PassSucceeded succeeded) {
      succeeded.ended().ifPresent(this::logEnd);
      logFirst();
    } else if (what instanceof ProgramEvent.RoutesEdited edited) {
      say(edited.refused() ? Level.WARN : Level.INFO, lead, Sentence.of(edited.text()));
    } else if (what instanceof PassEvent.SourceChanged) {
      say(Level.INFO, lead, Sentence.of(what.text()));
    } else if (what instanceof PassEvent.PoolReverted reverted) {
      log(reverted);
    } else if (what instanceof HandoverEvent handover) {
      log(handover);
    } else if (what instanceof PassEvent.PoolPatched patched) {
      log(patched);
    } else if (what instanceof RestartEvent.RestartBegun begun) {
      say(Level.INFO, lead, "Restarting MetalLB: " + begun.pods());
    } else if (what instanceof RestartEvent.MetalLbReloaded reloaded) {
      log(reloaded.restart());
    } else if (what instanceof RestartEvent.RestartForgiven) {
      say(Level.INFO, lead, Sentence.of(what.text()));
    } else if (what instanceof PassEvent.DryRun) {
      say(Level.INFO, lead, "Dry run: " + what.text());
    } else if (what instanceof ProgramEvent.PauseChanged pause) {
      say(pause.paused() ? Level.WARN : Level.INFO, lead, Sentence.of(what.text()));
    } else if (what instanceof FollowerEvent follower) {
      log(follower);
    } else if (what instanceof ProgramEvent.Ordered order) {
      say(order.refused() ? Level.WARN : Level.INFO, lead, Sentence.of(what.text()));
    }
  }

  private static void say(Level level, String lead, String sentence) {
    LOG.atLevel(level).log("{}{}", lead, sentence);
  }

  private void log(HandoverEvent what) {
    boolean isWarning =
        what.kind().tone() == EventKind.Tone.WARNING
            || (what instanceof HandoverEvent.RangesRetired retired
                && !retired.leftBehind().isEmpty());
    String more =
        what instanceof HandoverEvent.RangesRetired && !isWarning
            ? " MetalLB needs no restart."
            : "";
    say(isWarning ? Level.WARN : Level.INFO, label, Sentence.of(what.text()) + more);
  }

  /** A failure that lasts is tried again every hour at last, and is told then. */
  private void log(FollowerEvent what) {
    String name = what.follower();
    if (what instanceof FollowerEvent.FollowerFailed failed) {
      String key = "follower " + name;
      @Nullable Instant told = saidAt.get(key);
      if (failed.failures() == 1
          || told == null
          || !failed.at().isBefore(told.plus(REMIND_EVERY))) {
        saidAt.put(key, failed.at());
        say(Level.WARN, label, Sentence.of(what.text()) + " " + Advice.MEND_FOLLOWER);
      }
    } else if (what instanceof FollowerEvent.FollowerHasStopped) {
      say(Level.WARN, label, Sentence.of(what.text()) + " " + Advice.RESUME_FOLLOWER);
    } else {
      say(Level.INFO, label, Sentence.of(what.text()));
    }
  }

  private static void log(PassEvent.PoolPatched patched) {
    LOG.info("Pool {}: {}.", patched.pool(), patched.plan().summary());
    patched.plan().doubt().ifPresent(doubt -> LOG.warn("Pool {}: {}.", patched.pool(), doubt));
  }

  private void log(Restart restart) {
    if (restart.isShrunk()) {
      say(
          Level.WARN,
          label,
          "MetalLB has only %d pods now, %d before; all of them are Ready."
              .formatted(restart.pods().size(), restart.expected()));
    }
    say(Level.INFO, label, "MetalLB runs on the new addresses: " + restart.pods());
  }

  private void logEnd(Trouble trouble) {
    saidAt.clear();
    if (trouble.isShared() && !leads.getAsBoolean()) {
      return;
    }
    say(
        Level.INFO,
        trouble.isShared() ? "" : label,
        "Passes succeed again after %s.".formatted(trouble.passesInWords()));
  }

  /**
   * A person who has just started the program wants to know; later an ordinary pass is worth no
   * line.
   */
  private void logFirst() {
    if (leads.getAsBoolean() && begun.compareAndSet(false, true)) {
      LOG.info("The first pass has succeeded: {}.", answer);
    }
  }

  /** Tools that fight do so every few minutes: it is said when that shows, and now and again. */
  private void log(PassEvent.PoolReverted reverted) {
    boolean worth = !reverted.isFight() || !wasFight;
    if (worth || !reverted.at().isBefore(lastFight.plus(REMIND_EVERY))) {
      lastFight = reverted.at();
      say(Level.WARN, label, Sentence.of(reverted.text()) + " " + Advice.LEAVE_ADDRESSES_ALONE);
    }
    wasFight = reverted.isFight();
  }

  /** Failures that take turns are told once each: none of them is news when it comes back. */
  private void log(PassEvent.PassFailed failed) {
    Trouble trouble = failed.trouble();
    @Nullable Instant told = saidAt.get(trouble.kind());
    if (told != null && failed.at().isBefore(told.plus(REMIND_EVERY))) {
      return;
    }
    saidAt.put(trouble.kind(), failed.at());
    say(Level.WARN, trouble.isShared() ? "" : label, trouble.toTell());
  }
}
