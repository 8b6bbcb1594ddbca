package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pool.Reversion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How often somebody has undone a change lately. Until it is put right, it is the same time. */
final class Reversions {
  private static final Duration LATELY = Duration.ofHours(1);

  private final Deque<Instant> lately = new ArrayDeque<>();
  private Optional<Reversion> present = Optional.empty();

  /** Returns what happened, if the pool was undone since it was looked at last. */
  Optional<PassEvent.PoolReverted> seen(Optional<Reversion> now, Instant at) {
    boolean isNew = now.isPresent() && !now.equals(present);
    present = now;
    return isNew ? Optional.of(happened(now.get(), at)) : Optional.empty();
  }

  private PassEvent.PoolReverted happened(Reversion reversion, Instant at) {
    lately.removeIf(time -> !time.isAfter(at.minus(LATELY)));
    lately.addLast(at);
    return new PassEvent.PoolReverted(at, reversion, lately.size());
  }

  /** The next one is another one, even if it looks the same. */
  void putRight() {
    present = Optional.empty();
  }
}
