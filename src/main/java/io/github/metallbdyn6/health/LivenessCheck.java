package io.github.metallbdyn6.health;

import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Camel's health check {@code pulse}, for the liveness probe: up as long as passes end, whichever
 * way. Down is a program that hangs, or whose last pass ended with an {@link Error}, since only
 * these are mended by a restart.
 */
public final class LivenessCheck extends StatusCheck {
  private final Duration limit;
  private final Clock clock;

  /**
   * Is down after a silence.
   *
   * @param limit how long no pass may end
   */
  public LivenessCheck(Journals journals, Duration limit, Clock clock) {
    super("pulse", journals);
    this.limit = limit;
    this.clock = clock;
  }

  /** Camel asks none for liveness that does not say so. */
  @Override
  public boolean isLiveness() {
    return true;
  }

  @Override
  Optional<String> complaint(String pool, Status now) {
    Instant last = now.lastPass().orElse(now.startedAt());
    Instant begun = journals.leadership().since();
    last = begun.isAfter(last) ? begun : last;
    Duration silence = Duration.between(last, clock.instant());
    Optional<Trouble> error = now.trouble().filter(it -> it.area() == Explanation.Area.PROCESS);
    if (error.isPresent()) {
      return error.map(Trouble::inWords);
    }
    return silence.compareTo(limit) <= 0 || now.pausedSince().isPresent()
        ? Optional.empty()
        : Optional.of(
            "no pass has ended for %d s, %d s are allowed"
                .formatted(silence.toSeconds(), limit.toSeconds()));
  }
}
