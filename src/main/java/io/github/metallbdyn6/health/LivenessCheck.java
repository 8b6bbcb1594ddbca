package io.github.metallbdyn6.health;

import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Camel's health check {@code pulse}, for the liveness probe: up as long as passes end, whichever
 * way. Down is a program that hangs, or whose last pass ended with an {@link Error}, since only
 * these are mended by a restart.
 */
public final class LivenessCheck extends AbstractHealthCheck {
  private final Journal journal;
  private final Duration limit;
  private final Clock clock;

  /**
   * Looks at this journal.
   *
   * @param limit how long no pass may end
   */
  public LivenessCheck(Journal journal, Duration limit, Clock clock) {
    super("metallb-dyn6", "pulse");
    this.journal = journal;
    this.limit = limit;
    this.clock = clock;
  }

  /** Camel asks none for liveness that does not say so. */
  @Override
  public boolean isLiveness() {
    return true;
  }

  @Override
  public boolean isReadiness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    Status now = journal.situation();
    Instant last = now.lastPass().orElse(now.startedAt());
    Duration silence = Duration.between(last, clock.instant());
    Optional<Trouble> error = now.trouble().filter(it -> it.area() == Explanation.Area.PROCESS);
    if (error.isPresent()) {
      builder.message(error.get().inWords()).down();
    } else if (silence.compareTo(limit) <= 0 || now.pausedSince().isPresent()) {
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
