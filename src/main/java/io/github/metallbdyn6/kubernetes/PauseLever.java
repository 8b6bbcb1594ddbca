package io.github.metallbdyn6.kubernetes;

import io.github.metallbdyn6.pass.PoolOrders;
import io.github.metallbdyn6.pool.PauseOrder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The pause that the pool orders, as far as the program has heard of it. */
final class PauseLever {
  private final PoolOrders orders;
  private final Clock clock;
  private final OrderWriter writer;
  private final boolean dryRun;

  /** The annotation as it was heard last. */
  private @Nullable String text;

  private @Nullable PauseOrder pause;

  PauseLever(PoolOrders orders, Clock clock, OrderWriter writer, boolean dryRun) {
    this.orders = orders;
    this.clock = clock;
    this.writer = writer;
    this.dryRun = dryRun;
  }

  /** Tells whether passes are paused. */
  synchronized boolean isPulled() {
    endIfOver();
    return pause != null;
  }

  /**
   * Hears what the annotation says in a version of the pool. A time of day is written with its date
   * then: a restart would take it for the next day's.
   */
  synchronized void hear(@Nullable String now, String version) {
    boolean ours = pause != null && pause.toString().equals(now);
    boolean isNew = !ours && !Objects.equals(now, text);
    text = now;
    if (isNew) {
      take(now);
    }
    endIfOver();
    PauseOrder order = pause;
    if (order != null && now != null && !now.equals(order.toString()) && !dryRun) {
      writer.replace(PauseOrder.ANNOTATION, order.toString(), version);
    }
  }

  private void take(@Nullable String now) {
    if (now == null) {
      end("the annotation %s was removed".formatted(PauseOrder.ANNOTATION));
      return;
    }
    try {
      begin(PauseOrder.parse(now, clock.instant()));
    } catch (IllegalArgumentException e) {
      end("the annotation %s says something else".formatted(PauseOrder.ANNOTATION));
      orders.refused(String.valueOf(e.getMessage()));
    }
  }

  private void begin(PauseOrder order) {
    pause = order;
    if (!order.isOver(clock.instant())) {
      orders.pause(order);
      order.until().ifPresent(this::wakeAt);
    }
  }

  private void wakeAt(Instant end) {
    long millis = Duration.between(clock.instant(), end).toMillis() + 1;
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(orders::wake);
  }

  private void endIfOver() {
    PauseOrder order = pause;
    if (order != null && order.isOver(clock.instant())) {
      end("the pause was " + order);
      if (!dryRun) {
        writer.remove(PauseOrder.ANNOTATION, String.valueOf(text));
      }
    }
  }

  private void end(String why) {
    if (pause != null) {
      pause = null;
      orders.resume(why);
    }
  }
}
