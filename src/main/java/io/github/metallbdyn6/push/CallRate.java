package io.github.metallbdyn6.push;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often somebody may call, whether he is right or wrong: so many calls at once, and one more
 * after each pause. Whoever is not heard of for long is forgotten; while too many are remembered,
 * those who are new share one count.
 */
final class CallRate {
  /** More than a router has to say in an hour, few enough to guess nothing by them. */
  private static final int AT_ONCE = 20;

  private static final long PAUSE_NANOS = 3_000_000_000L;
  private static final int MOST_REMEMBERED = 1000;
  private static final String EVERYBODY_ELSE = "";

  /** Until when, as of the clock, the calls of each are paid for. */
  private final Map<String, Long> paidUntil = new LinkedHashMap<>();

  private final LongSupplier nanoTime;

  CallRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts a call and tells whether it is one too many. */
  synchronized boolean isExceeded(InetAddress caller) {
    long now = nanoTime.getAsLong();
    String name = nameOf(caller);
    if (!paidUntil.containsKey(name) && paidUntil.size() >= MOST_REMEMBERED) {
      paidUntil.values().removeIf(until -> until - now <= 0);
      name = paidUntil.size() < MOST_REMEMBERED ? name : EVERYBODY_ELSE;
    }
    long until = Math.max(paidUntil.getOrDefault(name, now) - now, 0) + PAUSE_NANOS;
    boolean exceeded = until > AT_ONCE * PAUSE_NANOS;
    if (!exceeded) {
      paidUntil.put(name, now + until);
    }
    return exceeded;
  }

  /** Of an IPv6 address its /64, in which everybody has as many addresses as he likes. */
  private static String nameOf(InetAddress caller) {
    return caller instanceof Inet6Address
        ? Arrays.toString(Arrays.copyOf(caller.getAddress(), Long.BYTES))
        : caller.getHostAddress();
  }
}
