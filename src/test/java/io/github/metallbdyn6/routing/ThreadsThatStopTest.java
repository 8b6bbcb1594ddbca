package io.github.metallbdyn6.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class ThreadsThatStopTest {
  /** Camel by itself would wait for it, and then say that it forces the thread to stop. */
  @Test
  void aStopDoesNotWaitForWorkWhoseTimeComesLater() {
    ScheduledExecutorService thread;
    ScheduledFuture<?> late;
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      thread = ThreadsThatStop.scheduled("late", context);
      late = thread.schedule(() -> {}, 1, TimeUnit.HOURS);
      context.stop();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(thread.isTerminated()).isTrue();
    assertThat(late.isDone()).as("dropped, and not run").isFalse();
  }
}
