package io.github.metallbdyn6.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An answer that takes a while to render: it is rendered at most once a second, by one thread at a
 * time, and whoever asks meanwhile gets the same. So neither the number of callers nor whether they
 * stay changes what it costs.
 */
public final class OncePerSecond implements Supplier<CompletableFuture<Response>> {
  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<Response> render;
  private final Executor threads;
  private final LongSupplier nanoTime;
  private @Nullable CompletableFuture<Response> last;
  private volatile long renderedAt;

  /**
   * Nothing is rendered before somebody asks.
   *
   * @param threads what renders
   * @param nanoTime the clock
   */
  public OncePerSecond(Supplier<Response> render, Executor threads, LongSupplier nanoTime) {
    this.render = render;
    this.threads = threads;
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized CompletableFuture<Response> get() {
    CompletableFuture<Response> known = last;
    if (known != null && (!known.isDone() || nanoTime.getAsLong() - renderedAt < FRESH_NANOS)) {
      return known;
    }
    CompletableFuture<Response> fresh = CompletableFuture.supplyAsync(this::rendered, threads);
    last = fresh;
    return fresh;
  }

  private Response rendered() {
    try {
      return render.get();
    } finally {
      renderedAt = nanoTime.getAsLong();
    }
  }
}
