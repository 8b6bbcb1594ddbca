package io.github.metallbdyn6;

import io.github.metallbdyn6.handover.HandoverSchedule;
import io.github.metallbdyn6.handover.MisplacedServices;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.LivePool;
import io.github.metallbdyn6.kubernetes.PoolLevers;
import io.github.metallbdyn6.kubernetes.PoolListener;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.kubernetes.ServiceCache;
import io.github.metallbdyn6.pass.HandoverSteps;
import io.github.metallbdyn6.pass.PoolRules;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.report.HandoverJournal;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.ServiceBoard;
import io.github.metallbdyn6.routing.OrdersFromPool;
import io.github.metallbdyn6.routing.ServicePlacement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;

/** A pool that the program keeps, with all that the routes need for it and for no other pool. */
final class KeptPool implements ServiceListener {
  private static final String PLACE_SERVICES = "direct:place-services";

  final IpAddressPool object;
  final Journal journal;
  final HandoverJournal handoverJournal;
  final PoolLevers levers;
  final PoolListener listener;
  final LivePool live;
  final HandoverSteps handover;
  final ServiceCache services;
  final ServicePlacement placement;
  private final HandoverSchedule schedule;
  private final SharedParts shared;
  private final ServiceBoard board;
  private final RulesOfPool rules;
  private final AtomicBoolean insisted = new AtomicBoolean();

  /**
   * Prepares all that the pool needs.
   *
   * @param owing names a pool for which MetalLB has to be restarted, if there is one
   */
  KeptPool(SharedParts shared, String name, Supplier<Optional<String>> owing) {
    this.shared = shared;
    object = new IpAddressPool(shared.client(), shared.namespace(), name, shared.leadership());
    journal = shared.journal();
    handoverJournal = new HandoverJournal(journal);
    schedule = new HandoverSchedule();
    rules = new RulesOfPool(shared.settings(), object.toString(), this::showBy);
    board = new ServiceBoard(rules.usual().handover(), moves(rules.usual()));
    if (shared.settings().dryRun()) {
      board.showOnly();
    }
    journal.attention().watches(board);
    levers =
        new PoolLevers(
            object,
            new OrdersFromPool(shared.passes(), this::passNow, journal),
            shared.clock(),
            shared.settings().dryRun());
    PoolUptake uptake =
        new PoolUptake(
            object,
            shared.configuration()::error,
            Duration.ofSeconds(shared.patienceSeconds()),
            shared.passes()::soon);
    listener = new PoolListener(object, uptake, this::changed);
    live =
        new LivePool(
            object, rules::under, journal::seen, shared.permission(), journal::lacks, uptake);
    handover = new HandoverSteps(schedule, uptake, owing);
    services = new ServiceCache(shared.services());
    placement =
        new ServicePlacement(
            PLACE_SERVICES,
            object.toString(),
            shared.passes(),
            () -> levers.mayPass() && !handover.awaitsRestart(),
            schedule,
            new MisplacedServices(schedule),
            handoverJournal::placingFailed);
  }

  /** Has a pass begin at once for this pool, even if it is paused. */
  void passNow() {
    insisted.set(true);
    shared.passes().now();
  }

  /** Begins to lead: another replica may have changed whatever this one believes to know. */
  void lead() {
    schedule.forget();
    levers.hearAgain();
  }

  /** Ceases to lead. */
  void standBy() {
    object.forgetUnwritten();
    show();
  }

  /** Shows the pool as the standby knows it, by its watch or by a read. */
  void show() {
    journal.seen(object.current());
  }

  /** Somebody else has changed the pool. */
  private void changed() {
    if (shared.leadership().leads()) {
      shared.passes().soon();
    } else {
      object.lastSeen().ifPresent(journal::seen);
    }
  }

  /** Tells whether the pass that begins now is for this pool, too. */
  boolean follows() {
    return insisted.getAndSet(false) || !levers.isPaused();
  }

  /** Returns the rules by the pool as it was heard of last; nothing if they cannot be right. */
  Optional<PoolRules> rules() {
    return object.lastWishes().flatMap(rules::find);
  }

  private static boolean moves(PoolRules rules) {
    return rules.transition() == Transition.HANDOVER;
  }

  private void showBy(PoolRules now) {
    board.follow(now.handover(), moves(now));
  }

  private boolean movesServices() {
    return !shared.settings().dryRun() && rules.last().filter(KeptPool::moves).isPresent();
  }

  /** Runs in this context, and places services in this thread. */
  void runIn(CamelContext context, ScheduledExecutorService thread) {
    levers.runIn(context);
    placement.runIn(context, thread);
  }

  /** Begins to show services: they can be seen. */
  void showServices() {
    board.open();
  }

  @Override
  public void changed(ServiceState service) {
    if (movesServices()) {
      services.changed(service);
      placement.changed(service);
    }
    board.changed(service);
  }

  @Override
  public void gone(String uid) {
    if (movesServices()) {
      services.gone(uid);
      placement.gone(uid);
    }
    board.gone(uid);
  }
}
