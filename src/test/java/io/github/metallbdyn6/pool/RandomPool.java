package io.github.metallbdyn6.pool;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Spelling;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A pool with entries of every kind. Its global entries are either one of {@link #desired} or lie
 * outside {@code 2001:db8::/32}, so that a desired range never overlaps another.
 *
 * @param addresses the entries
 * @param neverOurs those of the entries that are not global unicast
 * @param unrecorded those of the entries that are not in the record
 * @param record the text of the record
 */
record RandomPool(
    List<String> addresses, List<String> neverOurs, List<String> unrecorded, String record) {

  private static final int PREFIXES = 4;
  private static final long FIRST = 0x1000;
  private static final long LAST = 0x1999;

  private static final List<String> JUNK =
      List.of("", " ", "junk", "2001:db8::*", "::/129", "fe80::1%eth0/64", "192.0.2.9-192.0.2.1");

  /**
   * Makes the pool.
   *
   * @param seed decides on the values
   * @param spellingSeed decides on how they are written
   */
  static RandomPool of(long seed, long spellingSeed) {
    Random random = new Random(seed);
    Spelling spelling = new Spelling(new Random(spellingSeed));
    List<Integer> prefixes =
        new ArrayList<>(IntStream.range(0, PREFIXES).boxed().toList()); // each at most once
    Collections.shuffle(prefixes, random);
    RandomPool pool = new RandomPool(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), "");
    List<String> recorded = new ArrayList<>();
    for (int entries = random.nextInt(9); entries > 0; entries--) {
      int kind = random.nextInt(6);
      if (kind < 3) {
        String text = foreign(kind, random, spelling);
        pool.addresses.add(text);
        pool.neverOurs.add(text);
        pool.unrecorded.add(text);
      } else {
        Function<Spelling, String> value =
            kind == 3 && !prefixes.isEmpty() ? desiredText(prefixes.remove(0)) : global(random);
        String text = value.apply(spelling);
        pool.addresses.add(text);
        if (random.nextBoolean()) {
          recorded.add(value.apply(spelling));
        } else {
          pool.unrecorded.add(text);
        }
      }
    }
    return new RandomPool(
        pool.addresses, pool.neverOurs, pool.unrecorded, String.join(",", recorded));
  }

  private static String foreign(int kind, Random random, Spelling spelling) {
    return switch (kind) {
      case 0 -> "198.51.100.%d/32".formatted(random.nextInt(256));
      case 1 -> JUNK.get(random.nextInt(JUNK.size()));
      default -> value(0xfd00L << 48 | random.nextInt(1 << 30), random).apply(spelling);
    };
  }

  private static Function<Spelling, String> global(Random random) {
    return value(0x2600L << 48 | random.nextInt(1 << 30), random);
  }

  /** A third of these have our host part. */
  private static Function<Spelling, String> value(long high, Random random) {
    long low = random.nextLong() >>> 1;
    int length = 65 + random.nextInt(64);
    int size = random.nextInt(4096);
    return switch (random.nextInt(3)) {
      case 0 -> spelling -> spelling.prefix(high, low, length);
      case 1 -> spelling -> spelling.range(high, low, low + size);
      default -> spelling -> spelling.range(high, FIRST, LAST);
    };
  }

  private static Function<Spelling, String> desiredText(int prefix) {
    return spelling -> spelling.range(0x2001_0db8L << 32 | prefix, FIRST, LAST);
  }

  /** Returns one of the ranges that can be wanted in such a pool. */
  static AddressRange desired(Random random) {
    String text =
        desiredText(random.nextInt(PREFIXES)).apply(new Spelling(new Random(random.nextLong())));
    return AddressRange.parseEntry(text).orElseThrow();
  }

  LivePool withRecord() {
    return LivePool.withRecord(record, addresses);
  }

  LivePool withoutRecord() {
    return LivePool.withoutRecord(addresses);
  }

  /** Makes the pool with or without its record, or with one that cannot be read. */
  LivePool any(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> withoutRecord();
      case 1 -> LivePool.withRecord("junk", addresses);
      default -> withRecord();
    };
  }
}
