package io.github.metallbdyn6.ipv6;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** One of the many texts of an IPv6 address, or of a pool entry, picked at random. */
public final class Spelling {
  private final Random random;

  /** Picks with the given source of randomness. */
  public Spelling(Random random) {
    this.random = random;
  }

  /** Spells the address of these high and low 64 bits. */
  public String address(long high, long low) {
    List<Integer> groups = new ArrayList<>();
    for (int shift = 48; shift >= 0; shift -= 16) {
      groups.add((int) (high >>> shift) & 0xffff);
    }
    for (int shift = 48; shift >= 0; shift -= 16) {
      groups.add((int) (low >>> shift) & 0xffff);
    }
    boolean dotted = random.nextInt(8) == 0;
    int hexGroups = dotted ? 6 : 8;
    int from = random.nextInt(hexGroups);
    int to = from;
    while (to < hexGroups && groups.get(to) == 0) {
      to++;
    }
    List<String> texts = groups.subList(0, hexGroups).stream().map(this::group).toList();
    List<String> tail = new ArrayList<>(texts.subList(to, hexGroups));
    if (dotted) {
      tail.add(
          "%d.%d.%d.%d"
              .formatted(
                  groups.get(6) >> 8,
                  groups.get(6) & 0xff,
                  groups.get(7) >> 8,
                  groups.get(7) & 0xff));
    }
    return String.join(":", texts.subList(0, from))
        + (to > from ? "::" : from > 0 ? ":" : "")
        + String.join(":", tail);
  }

  private String group(int value) {
    String text = ("%0" + (1 + random.nextInt(4)) + "x").formatted(value);
    return random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT);
  }

  /** Spells a range within one /64 as a pool entry: {@code first-last}, with or without spaces. */
  public String range(long high, long firstLow, long lastLow) {
    return address(high, firstLow)
        + " ".repeat(random.nextInt(3))
        + "-"
        + " ".repeat(random.nextInt(3))
        + address(high, lastLow);
  }

  /** Spells a CIDR prefix longer than 64, as such or as the range that it is. */
  public String prefix(long high, long low, int length) {
    long hostMask = length == 128 ? 0 : -1L >>> (length - 64);
    if (random.nextBoolean()) {
      return range(high, low & ~hostMask, low | hostMask);
    }
    return address(high, random.nextBoolean() ? low : low & ~hostMask) + "/" + length;
  }
}
