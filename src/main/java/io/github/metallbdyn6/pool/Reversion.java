package io.github.metallbdyn6.pool;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.ipv6.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * Somebody has put the pool back to an older state: the range that the program wrote last is gone.
 *
 * @param lost what is gone
 * @param inPlace the entry that stands in its place, if exactly one can be that
 */
public record Reversion(List<AddressRange> lost, Optional<PoolEntry> inPlace) {

  public Reversion {
    lost = List.copyOf(lost);
  }

  /** The reversion, for people. */
  @Override
  public String toString() {
    String gone = lost.stream().map(AddressRange::toString).collect(joining(", "));
    return inPlace
        .map(entry -> "somebody has put %s in the place of %s".formatted(entry, gone))
        .orElse("somebody has taken %s out of the pool".formatted(gone));
  }
}
