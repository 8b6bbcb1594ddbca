package io.github.metallbdyn6.routing;

import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A thread for delayed work. A stop of the program does not wait for work whose time comes later.
 */
public final class ThreadsThatStop extends ServiceSupport {
  private final ScheduledExecutorService thread;

  private ThreadsThatStop(ScheduledExecutorService thread) {
    this.thread = thread;
  }

  /** Returns a thread with this name, for as long as the context runs. */
  public static ScheduledExecutorService scheduled(String name, CamelContext context) {
    ScheduledExecutorService thread =
        context
            .getExecutorServiceManager()
            .newSingleThreadScheduledExecutor(ThreadsThatStop.class, name);
    try {
      context.addService(new ThreadsThatStop(thread));
    } catch (Exception e) {
      throw new IllegalStateException("a service that starts nothing", e);
    }
    return thread;
  }

  @Override
  protected void doStop() {
    thread.shutdownNow();
  }
}
