package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Until when a source has last said that the prefix of a range is valid. It says so only of the
 * current prefix; this remembers what it said of those before, which retire.
 */
public final class PrefixValidity {
  /** A handover has a few ranges at most. */
  private static final int REMEMBERED = 16;

  private final Map<AddressRange, Instant> until = new LinkedHashMap<>();

  /**
   * Notes what a source says now.
   *
   * @param valid for how long the prefix is valid, if the source says so
   */
  public synchronized void note(AddressRange range, Optional<Duration> valid, Instant now) {
    valid.ifPresent(
        duration -> {
          until.remove(range); // so that it is the youngest
          until.put(range, now.plus(duration).truncatedTo(ChronoUnit.SECONDS));
        });
    if (until.size() > REMEMBERED) {
      until.remove(until.keySet().iterator().next());
    }
  }

  /** Returns what was said last, or else what the pool remembers from before the last start. */
  synchronized Optional<Instant> of(AddressRange range, PoolState pool) {
    return Optional.ofNullable(until.get(range)).or(() -> pool.validUntil(range));
  }
}
