package io.github.metallbdyn6.attack;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Does something again and again, twice a second, until it is closed. */
final class Repeated implements AutoCloseable {
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger times = new AtomicInteger();

  Repeated(Runnable attack) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> {
              attack.run();
              times.incrementAndGet();
            },
            0,
            500,
            TimeUnit.MILLISECONDS);
  }

  int times() {
    return times.get();
  }

  void awaitTimes(int wanted) {
    await().atMost(Duration.ofSeconds(60)).until(() -> times.get() >= wanted);
  }

  @Override
  public void close() throws InterruptedException {
    thread.shutdown();
    if (!thread.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the attack does not end");
    }
  }
}
