package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pool.PauseOrder;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Since when people have passes paused: by JMX, by the pool's annotation, or by both. */
final class Pauses {
  private @Nullable Instant byJmx;
  private @Nullable Trouble byPool;

  synchronized void byJmx(@Nullable Instant since) {
    byJmx = since;
  }

  synchronized void byPool(PauseOrder order, Instant since) {
    byPool = Trouble.pause(since, order);
  }

  synchronized void endByPool() {
    byPool = null;
  }

  /** Returns what a pause is to those who look. The one of the pool lasts longer. */
  synchronized Optional<Trouble> trouble() {
    return Optional.ofNullable(byPool).or(() -> Optional.ofNullable(byJmx).map(Trouble::pause));
  }
}
