package io.github.metallbdyn6.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OncePerSecondTest {
  private final Queue<Runnable> renderings = new ArrayDeque<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE);
  private boolean broken;
  private final OncePerSecond latest = new OncePerSecond(this::render, renderings::add, now::get);

  private Response render() {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    return Response.text(200, "");
  }

  private void after(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void isRenderedOnceHoweverManyAskMeanwhile() {
    CompletableFuture<Response> first = latest.get();
    after(Duration.ofMinutes(1));
    assertThat(latest.get()).as("it is still being rendered").isSameAs(first);
    assertThat(renderings).hasSize(1);

    renderings.remove().run();
    assertThat(first).isDone();
    after(Duration.ofMillis(999));
    assertThat(latest.get()).isSameAs(first);
    assertThat(renderings).isEmpty();
  }

  @Test
  void isRenderedAnewAfterASecond() {
    CompletableFuture<Response> first = latest.get();
    renderings.remove().run();
    after(Duration.ofSeconds(1));
    assertThat(latest.get()).isNotSameAs(first).isNotDone();
    assertThat(renderings).hasSize(1);
  }

  @Test
  void failsNoMoreOftenThanThat() {
    broken = true;
    CompletableFuture<Response> first = latest.get();
    renderings.remove().run();
    assertThat(first).isCompletedExceptionally();
    assertThat(latest.get()).isSameAs(first);

    broken = false;
    after(Duration.ofSeconds(1));
    CompletableFuture<Response> second = latest.get();
    renderings.remove().run();
    assertThat(second).isCompleted();
  }
}
