package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.handover.MisplacedServices;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.pass.Handover;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/**
 * Has a service that the watch tells of put where it should be, between passes: one that declares a
 * host part, and one that took an address which retires.
 */
public final class ServicePlacement implements ServiceListener {
  /** MetalLB's own answer to a new service should be there, and others may come with it. */
  private static final long GATHER_MILLIS = 300;

  private static final long AGAIN_MILLIS = 10_000;

  /** Everybody who may edit one service can have all be looked at; each look lists all services. */
  private static final int LOOKS_AT_ONCE = 10;

  private static final Duration PAUSE = Duration.ofSeconds(6);

  private final String route;
  private final String pool;
  private final HandoverSchedule lookout;
  private final Passes passes;
  private final BooleanSupplier mayPlace;
  private final MisplacedServices misplaced;
  private final Consumer<Throwable> failed;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicBoolean retryScheduled = new AtomicBoolean();
  private final RetryPace pace = new RetryPace();
  private final Allowance looks = new Allowance(LOOKS_AT_ONCE, PAUSE);
  private volatile boolean retry;
  private volatile @Nullable ProducerTemplate template;
  private volatile @Nullable ScheduledExecutorService thread;

  /**
   * Runs through an endpoint.
   *
   * @param route the endpoint's URI
   * @param pool namespace and name of the pool whose services are placed
   * @param mayPlace tells whether the pool may be followed at present; in the thread of the passes
   * @param lookout decides whether a pass lists services
   * @param failed takes what the route did not handle; it is tried again
   */
  public ServicePlacement(
      String route,
      String pool,
      Passes passes,
      BooleanSupplier mayPlace,
      HandoverSchedule lookout,
      MisplacedServices misplaced,
      Consumer<Throwable> failed) {
    this.route = route;
    this.pool = pool;
    this.passes = passes;
    this.mayPlace = mayPlace;
    this.lookout = lookout;
    this.misplaced = misplaced;
    this.failed = failed;
  }

  /** Runs in this context, and in a thread that it shares with the placements of other pools. */
  public void runIn(CamelContext context, ScheduledExecutorService shared) {
    template = context.createProducerTemplate();
    thread = shared;
  }

  @Override
  public void changed(ServiceState service) {
    if (misplaced.note(service)) {
      soon();
    }
  }

  @Override
  public void gone(String uid) {
    if (misplaced.gone(uid)) {
      soon();
    }
  }

  /**
   * Takes note of what came of a look at services. Services are looked at again: at once while they
   * get on, and later where nothing but time can help, as with a webhook that refuses.
   */
  public void looked(Handover handover) {
    HandoverPlan plan = handover.moves();
    misplaced.left(!plan.problems().isEmpty());
    if (!plan.isPassing()) {
      pace.end();
      return;
    }
    boolean getsOn = !plan.isSettled() && plan.openSteps() < handover.first().openSteps();
    if (getsOn) {
      pace.end();
    }
    retryIn(getsOn ? 0 : pace.next(System.nanoTime()));
  }

  /** The same between passes; the pass that takes old ranges out of the pool follows. */
  public void placed(Handover handover) {
    looked(handover);
    if (handover.moves().isReadyToRetire()) {
      lookout.forget();
      passes.soon();
    }
  }

  private void soon() {
    schedule(scheduled, GATHER_MILLIS);
  }

  private void retryIn(long millis) {
    retry = true;
    schedule(retryScheduled, millis);
  }

  private void schedule(AtomicBoolean planned, long millis) {
    ScheduledExecutorService executor = thread;
    if (executor == null || !planned.compareAndSet(false, true)) {
      return;
    }
    try {
      var unused = executor.schedule(() -> run(planned), millis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      planned.set(false); // the program stops
    }
  }

  private void run(AtomicBoolean planned) {
    planned.set(false);
    if (!isWanted()) {
      return;
    }
    long wait = looks.take(System.nanoTime());
    if (wait > 0) {
      schedule(planned, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
      return;
    }
    try {
      passes.between(
          () -> {
            place();
            return true;
          });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException e) {
      planned.set(false); // the program stops
    }
  }

  private boolean isWanted() {
    return retry || misplaced.isAny();
  }

  private void place() {
    ProducerTemplate producer = template;
    if (producer == null || !producer.getCamelContext().isStarted()) {
      return;
    }
    if (!isWanted() || passes.isHeldBack() || !mayPlace.getAsBoolean()) {
      return;
    }
    retry = false;
    misplaced.done(); // what is heard from now on is looked at again
    @Nullable Throwable failure = Passes.failureOf(producer, route, pool);
    if (failure != null) {
      failed.accept(failure);
      retryIn(AGAIN_MILLIS);
    }
  }
}
