package io.github.metallbdyn6.routing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Runs the passes, one at a time, whoever asks for them: the timer, or a person. A request while
 * one is running gets one more after it; a hundred who ask get that same one.
 */
public final class Passes {
  private static final Duration UNTIL_STARTED = Duration.ofMillis(20);

  private final String route;
  private final Consumer<Throwable> unhandled;
  private final AtomicBoolean wanted = new AtomicBoolean();
  private final AtomicBoolean planned = new AtomicBoolean();
  private volatile boolean paused;
  private volatile boolean insisted;
  private volatile BooleanSupplier gate = () -> true;
  private volatile BooleanSupplier leads = () -> true;
  private volatile @Nullable ProducerTemplate template;
  private volatile @Nullable ScheduledExecutorService thread;

  /**
   * Runs passes through an endpoint.
   *
   * @param route the endpoint's URI
   * @param unhandled takes what the route did not handle
   */
  public Passes(String route, Consumer<Throwable> unhandled) {
    this.route = route;
    this.unhandled = unhandled;
  }

  /**
   * Runs the passes in this context, for as long as it runs.
   *
   * <p>Not one of Camel's services: a route that is stopped stops the services among its beans.
   */
  public void runIn(CamelContext context) {
    template = context.createProducerTemplate();
    thread = context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "passes");
  }

  /** Has each pass begin only if this allows it, which is asked in the thread of the passes. */
  public void askBefore(BooleanSupplier mayPass) {
    gate = mayPass;
  }

  /** Has passes begin only while this says so, whoever asks for them: the replica that leads. */
  public void onlyWhile(BooleanSupplier isLeader) {
    leads = isLeader;
  }

  /** Has a pass begin soon, unless passes are paused. */
  public void soon() {
    if (!paused) {
      request();
    }
  }

  /**
   * Has a pass begin after a while, unless passes are paused then. A request while one is planned
   * gets that same pass.
   */
  public void soonAfter(Duration wait) {
    ScheduledExecutorService executor = thread;
    if (executor != null && planned.compareAndSet(false, true)) {
      ScheduledFuture<?> unused =
          executor.schedule(
              () -> {
                planned.set(false);
                soon();
              },
              wait.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  /** Has a pass begin soon, even if passes are paused. */
  public void now() {
    insisted = true;
    request();
  }

  private void request() {
    ExecutorService executor = thread;
    if (executor != null && wanted.compareAndSet(false, true)) {
      executor.execute(this::run);
    }
  }

  /**
   * Does something while no pass is running, and waits for it.
   *
   * @throws InterruptedException when the program stops meanwhile
   * @throws RuntimeException what the work throws
   */
  public <T> T between(Callable<T> work) throws InterruptedException {
    ExecutorService executor = thread;
    if (executor == null) {
      throw new IllegalStateException("there are no passes yet");
    }
    try {
      return executor.submit(work).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
    }
  }

  /** Ignores the timer, and whoever else asks by itself, until {@link #unpause}. */
  public void pause() {
    paused = true;
  }

  /** Ends the pause, with a pass at once. */
  public void unpause() {
    paused = false;
    soon();
  }

  /** Tells whether a person has passes paused, or another replica leads. */
  boolean isHeldBack() {
    return paused || !leads.getAsBoolean();
  }

  /** Does something in the thread of the passes, while none is running. */
  public void afterwards(Runnable work) {
    ExecutorService executor = thread;
    if (executor != null) {
      executor.execute(work);
    }
  }

  /** The timer may fire a moment before the context says of itself that it has started. */
  private void waitForStart(@Nullable ProducerTemplate producer) {
    if (producer != null && producer.getCamelContext().getStatus().isStarting()) {
      soonAfter(UNTIL_STARTED);
    }
  }

  private void run() {
    wanted.set(false);
    ProducerTemplate producer = template;
    if (producer == null || !producer.getCamelContext().isStarted()) {
      waitForStart(producer);
      return;
    }
    boolean anyway = insisted;
    insisted = false;
    if (!leads.getAsBoolean() || (!anyway && (paused || !mayBegin()))) {
      return;
    }
    @Nullable Throwable failure = failureOf(producer, route, null);
    boolean dropped = failure instanceof RejectedExecutionException; // a retry, at a stop
    if (failure != null && !dropped) {
      unhandled.accept(failure);
    }
  }

  /** Otherwise the executor would keep the failure to itself, and no pass would ever begin. */
  private boolean mayBegin() {
    try {
      return gate.getAsBoolean();
    } catch (RuntimeException | Error e) {
      unhandled.accept(e);
      return false;
    }
  }

  /** Camel lets some errors through, such as a full stack, and the thread would say nothing. */
  static @Nullable Throwable failureOf(
      ProducerTemplate producer, String route, @Nullable Object body) {
    try {
      return producer.send(route, exchange -> exchange.getMessage().setBody(body)).getException();
    } catch (RuntimeException | Error e) {
      return e;
    }
  }
}
