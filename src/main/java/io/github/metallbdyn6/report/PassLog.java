package io.github.metallbdyn6.report;

import io.github.metallbdyn6.metallb.Restart;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
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

  private String answer = "";
  private boolean hasSucceeded;

  /** When each failure was told, by its kind, until a pass succeeds. */
  private final Map<String, Instant> saidAt = new HashMap<>();

  private Instant lastFight = Instant.EPOCH;
  private boolean wasFight;

  @Override
  public synchronized void accept(PassEvent what) {
    if (what instanceof PassEvent.PrefixChanged) {
      answer = what.text();
    } else if (what instanceof PassEvent.PassFailed failed) {
      log(failed);
    } else if (what instanceof PassEvent.PassSucceeded succeeded) {
      succeeded.ended().ifPresent(this::logEnd);
      logFirst();
    } else if (what instanceof ProgramEvent.RoutesEdited edited) {
      LOG.atLevel(edited.refused() ? Level.WARN : Level.INFO).log(asSentence(edited.text()));
    } else if (what instanceof PassEvent.SourceChanged) {
      LOG.info(asSentence(what.text()));
    } else if (what instanceof PassEvent.PoolReverted reverted) {
      log(reverted);
    } else if (what instanceof HandoverEvent handover) {
      log(handover);
    } else if (what instanceof PassEvent.PoolPatched patched) {
      log(patched);
    } else if (what instanceof RestartEvent.RestartBegun begun) {
      LOG.info("Restarting MetalLB: {}", begun.pods());
    } else if (what instanceof RestartEvent.MetalLbReloaded reloaded) {
      log(reloaded.restart());
    } else if (what instanceof RestartEvent.RestartForgiven) {
      LOG.info(asSentence(what.text()));
    } else if (what instanceof PassEvent.DryRun) {
      LOG.info("Dry run: {}", what.text());
    } else if (what instanceof ProgramEvent.PauseChanged) {
      LOG.warn(asSentence(what.text()));
    } else if (what instanceof ProgramEvent.Ordered order) {
      LOG.atLevel(order.refused() ? Level.WARN : Level.INFO).log(asSentence(what.text()));
    }
  }

  private static void log(HandoverEvent what) {
    boolean isWarning =
        what instanceof HandoverEvent.PinsRepaired
            || what instanceof HandoverEvent.ServicesLeft
            || what instanceof HandoverEvent.ServicesUnreachable
            || (what instanceof HandoverEvent.RangesRetired retired
                && !retired.leftBehind().isEmpty());
    String more =
        what instanceof HandoverEvent.RangesRetired && !isWarning
            ? " MetalLB needs no restart."
            : "";
    LOG.atLevel(isWarning ? Level.WARN : Level.INFO).log(asSentence(what.text()) + more);
  }

  private static void log(PassEvent.PoolPatched patched) {
    LOG.info("Pool {}: {}.", patched.pool(), patched.plan().summary());
    patched.plan().doubt().ifPresent(doubt -> LOG.warn("Pool {}: {}.", patched.pool(), doubt));
  }

  private static void log(Restart restart) {
    if (restart.isShrunk()) {
      LOG.warn(
          "MetalLB has only {} pods now, {} before; all of them are Ready.",
          restart.pods().size(),
          restart.expected());
    }
    LOG.info("MetalLB runs on the new addresses: {}", restart.pods());
  }

  private static String asSentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
  }

  private void logEnd(Trouble trouble) {
    saidAt.clear();
    String failures =
        trouble.passes() == 1 ? "one failure" : trouble.passes() + " failures with the same cause";
    LOG.info("Passes succeed again after {}.", failures);
  }

  /**
   * A person who has just started the program wants to know; later an ordinary pass is worth no
   * line.
   */
  private void logFirst() {
    if (!hasSucceeded) {
      LOG.info("The first pass has succeeded: {}.", answer);
    }
    hasSucceeded = true;
  }

  /** Tools that fight do so every few minutes: it is said when that shows, and now and again. */
  private void log(PassEvent.PoolReverted reverted) {
    boolean worth = !reverted.isFight() || !wasFight;
    if (worth || !reverted.at().isBefore(lastFight.plus(REMIND_EVERY))) {
      lastFight = reverted.at();
      LOG.warn("{} {}", asSentence(reverted.text()), Advice.LEAVE_ADDRESSES_ALONE);
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
    if (trouble.passes() > 1) {
      LOG.warn(
          "The same for {} passes now: {}. {}",
          trouble.passes(),
          trouble.reason(),
          trouble.advice());
    } else if (trouble.isHold()) {
      LOG.warn("The pool is held as it is: {}. {}", trouble.text(), trouble.advice());
    } else {
      LOG.warn("Pass failed: {}. {}", trouble.reason(), trouble.advice());
    }
  }
}
