package io.github.metallbdyn6.telling;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Breaks off a request that a thread waits for: an interrupt does not end a wait for a socket. */
public final class FollowerCalls {
  private static final Map<Thread, Runnable> BREAKS = new ConcurrentHashMap<>();

  private FollowerCalls() {}

  /** Notes what breaks off the request of this thread, until {@link #ended}. */
  public static void begun(Runnable breaks) {
    BREAKS.put(Thread.currentThread(), breaks);
  }

  public static void ended() {
    BREAKS.remove(Thread.currentThread());
  }

  static void breakOff(Thread thread) {
    Optional.ofNullable(BREAKS.get(thread)).ifPresent(Runnable::run);
  }
}
