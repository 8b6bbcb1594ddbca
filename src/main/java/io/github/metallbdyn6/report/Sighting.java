package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.ServiceCondition;
import java.time.Duration;
import java.time.Instant;

/**
 * A service in a condition.
 *
 * @param condition the condition
 * @param since when it was first seen in it
 */
public record Sighting(ServiceCondition condition, Instant since) {
  /** MetalLB needs a moment for each service; a shorter trouble is none. */
  static final Duration GRACE = Duration.ofSeconds(15);

  /** Tells whether it lasts longer than MetalLB needs. */
  public boolean isTrouble(Instant now) {
    return condition.kind().isTrouble() && !now.isBefore(since.plus(GRACE));
  }
}
