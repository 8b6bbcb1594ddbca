package io.github.metallbdyn6.routing;

import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.spi.ThreadPoolProfile;

/** The threads that patch services. None is there before there is something to patch. */
public final class PatchThreads {
  /** Quick enough for hundreds of services, and no burden to an API server. */
  private static final int AT_ONCE = 8;

  private static final long IDLE_SECONDS = 5;

  private PatchThreads() {}

  /** Returns what Camel makes them by, for routes that name it. */
  public static ThreadPoolProfile profile(String name) {
    return new ThreadPoolProfileBuilder(name)
        .poolSize(AT_ONCE)
        .maxPoolSize(AT_ONCE)
        .maxQueueSize(-1)
        .keepAliveTime(IDLE_SECONDS)
        .allowCoreThreadTimeOut(true)
        .build();
  }
}
