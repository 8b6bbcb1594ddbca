package io.github.metallbdyn6.report;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code pulse}, for the liveness probe: up as long as passes end, whichever
 * way. Only a program that hangs is down, since only that is mended by a restart.
 */
public final class Pulse extends AbstractHealthCheck {
  private final Journal journal;
  private final Duration limit;
  private final Clock clock;

  /**
   * Looks at this journal.
   *
   * @param limit how long no pass may end
   */
  public Pulse(Journal journal, Duration limit, Clock clock) {
    super("metallb-dyn6", "pulse");
    this.journal = journal;
    this.limit = limit;
    this.clock = clock;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Situation now = journal.situation();
    Instant last = now.lastPass().orElse(now.startedAt());
    Duration silence = Duration.between(last, clock.instant());
    if (silence.compareTo(limit) <= 0 || now.pausedSince().isPresent()) {
      builder.up();
    } else {
      builder
          .message(
              "no pass has ended for %d s, %d s are allowed"
                  .formatted(silence.toSeconds(), limit.toSeconds()))
          .down();
    }
  }
}
