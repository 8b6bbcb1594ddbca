package io.github.metallbdyn6.report;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how the passes go: a failure once, not once a minute, then now and again while it lasts; and
 * its end. A pass that changes nothing is worth no line.
 */
public final class PassLog {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** With a pass a minute, once an hour. */
  private static final int REMIND_EVERY = 60;

  private @Nullable String lastFailure;
  private int failures;

  /** Says why a pass failed, unless the pass before failed for the same reason. */
  public synchronized void failed(Exception failure) {
    String reason = Explanation.of(failure);
    if (!reason.equals(lastFailure)) {
      failures = 0;
    }
    lastFailure = reason;
    failures++;
    if (failures == 1) {
      LOG.warn("Pass failed, the next one tries again: {}", reason);
    } else if (failures % REMIND_EVERY == 0) {
      LOG.warn("{} passes have failed in a row: {}", failures, reason);
    }
    LOG.debug("Pass failed", failure);
  }

  /** Says, after failures, that a pass has succeeded. */
  public synchronized void succeeded() {
    if (lastFailure != null) {
      LOG.info("Passes succeed again.");
    }
    lastFailure = null;
    failures = 0;
  }
}
