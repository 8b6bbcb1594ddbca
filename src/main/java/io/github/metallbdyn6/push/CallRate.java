package io.github.metallbdyn6.push;

import io.github.metallbdyn6.http.Caller;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often a caller may call, whether it is right or wrong: so many calls at once, and one more
 * after each pause. A caller that is not heard of for long is forgotten; while too many are
 * remembered, new ones share one count. A caller that pushed rightly within a week always has a
 * count of its own: those who guess from many addresses do not use up the router's.
 */
final class CallRate {
  /** More than a router has to say in an hour, few enough to guess nothing by them. */
  private static final int AT_ONCE = 20;

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MOST_REMEMBERED = 1000;
  private static final Caller EVERYBODY_ELSE = new Caller("");

  private static final long KNOWN_NANOS = TimeUnit.DAYS.toNanos(7);

  /** They all know the secret, so these are a home's routers and not an attacker's addresses. */
  private static final int MOST_KNOWN = 100;

  /** Until when, as of the clock, the calls of each are paid for. */
  private final Map<Caller, Long> paidUntil = new LinkedHashMap<>();

  /** When each pushed rightly, the latest last. */
  private final Map<Caller, Long> pushedAt = new LinkedHashMap<>();

  private final LongSupplier nanoTime;

  CallRate(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts a call and tells whether it is one too many. */
  synchronized boolean isExceeded(InetAddress address) {
    long now = nanoTime.getAsLong();
    Caller caller = countOf(Caller.of(address), now);
    long until = Math.max(paidUntil.getOrDefault(caller, now) - now, 0) + PAUSE_NANOS;
    boolean exceeded = until > AT_ONCE * PAUSE_NANOS;
    if (!exceeded) {
      paidUntil.put(caller, now + until);
    }
    return exceeded;
  }

  private Caller countOf(Caller caller, long now) {
    if (paidUntil.containsKey(caller) || paidUntil.size() < MOST_REMEMBERED) {
      return caller;
    }
    paidUntil.values().removeIf(until -> until - now <= 0);
    pushedAt.values().removeIf(at -> now - at > KNOWN_NANOS);
    boolean hasOwn = paidUntil.size() < MOST_REMEMBERED || pushedAt.containsKey(caller);
    return hasOwn ? caller : EVERYBODY_ELSE;
  }

  /** Notes that this address pushed rightly. */
  synchronized void pushedRightly(InetAddress address) {
    Caller caller = Caller.of(address);
    pushedAt.remove(caller);
    pushedAt.put(caller, nanoTime.getAsLong());
    if (pushedAt.size() > MOST_KNOWN) {
      pushedAt.remove(pushedAt.keySet().iterator().next());
    }
  }
}
