package io.github.metallbdyn6.pool;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The ranges that services were moved away from, the oldest first: an old manifest may request an
 * address of them at any time.
 *
 * @param ranges each one once
 */
public record EarlierRanges(List<AddressRange> ranges) {
  /** Three weeks of an ISP that changes the prefix every day; more makes the pool hard to read. */
  static final int MOST = 21;

  public EarlierRanges {
    ranges = List.copyOf(ranges);
  }

  /** Reads the annotation's text; what is no range is left out. */
  static EarlierRanges parse(String text) {
    return new EarlierRanges(
        Arrays.stream(text.split(","))
            .map(AddressRange::parseEntry)
            .flatMap(Optional::stream)
            .toList());
  }

  /** Returns the same with ranges that leave the pool now, and without the oldest if need be. */
  EarlierRanges and(Collection<AddressRange> leaving) {
    List<AddressRange> all =
        Stream.concat(ranges.stream().filter(range -> !leaving.contains(range)), leaving.stream())
            .toList();
    return new EarlierRanges(all.subList(Math.max(0, all.size() - MOST), all.size()));
  }

  /** Tells whether an address lies in the /64 of one of them. */
  public boolean isUnderOne(Ipv6Address address) {
    return ranges.stream().anyMatch(address::isInSubnetOf);
  }

  @Override
  public String toString() {
    return ranges.stream().map(AddressRange::toString).collect(joining(","));
  }
}
