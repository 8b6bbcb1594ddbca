package io.github.metallbdyn6.routing;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that patch services. None is there before there is something to patch. */
public final class PatchThreads {
  /** Quick enough for hundreds of services, and no burden to an API server. */
  private static final int AT_ONCE = 8;

  private static final int IDLE_SECONDS = 5;

  private PatchThreads() {}

  /** Returns new ones, which end by themselves. */
  public static ThreadPoolExecutor create() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            AT_ONCE,
            AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "metallb-dyn6-patch");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
