package io.github.metallbdyn6.release;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.HandoverEnd;
import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverPlanner;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.handover.ServicePatch;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.RetiringRange;
import io.github.metallbdyn6.text.FirstFew;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what the program still requests for services: a handover goes on by the program's own steps,
 * and what does not get to its end in time is undone.
 */
final class ServicesRelease {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final long BETWEEN_LOOKS_MILLIS = 500;
  private static final int SERVER_ERROR = 500;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;

  /** Time enough for a service to try it, to be put back, and for MetalLB to be late with both. */
  private static final int PATIENCES = 3;

  private final LoadBalancerServices services;
  private final HandoverRule rule;
  private final PoolUptake uptake;
  private final Instant started = Instant.now();
  private final Map<String, String> refused = new HashMap<>();

  ServicesRelease(LoadBalancerServices services, HandoverRule rule, PoolUptake uptake) {
    this.services = services;
    this.rule = rule;
    this.uptake = uptake;
  }

  /** Returns the services that carry something of ours. */
  List<ServiceState> marked(PoolState pool) {
    return ending(pool).plan(services.list(), Instant.now()).unfinished();
  }

  /** Returns those of these ranges that a service has an address in. */
  Map<AddressRange, List<ServiceState>> users(Collection<AddressRange> ranges) {
    Map<AddressRange, List<ServiceState>> users = new HashMap<>();
    List<ServiceState> all = services.list();
    for (AddressRange range : ranges) {
      List<ServiceState> there =
          all.stream().filter(it -> it.addressIn(List.of(range)).isPresent()).toList();
      if (!there.isEmpty()) {
        users.put(range, there);
      }
    }
    return users;
  }

  /** Lets the handover go on to its end, as a pass of the program would. */
  void finish(PoolState pool) throws InterruptedException {
    Optional<AddressRange> range = pool.serving();
    if (range.isEmpty() || services.list().stream().noneMatch(it -> isUnderWay(it, pool))) {
      return;
    }
    try {
      PoolState known = uptake.await(pool, pool);
      TimeUnit.MILLISECONDS.sleep(rule.millisToSettle(known, uptake, now()));
      move(rule.begin(goal(known, range.get()), known, uptake, now()), known);
    } catch (ChangeHeld e) {
      LOG.warn("The handover is undone: {}.", e.getMessage());
    }
  }

  private HandoverGoal goal(PoolState pool, AddressRange range) {
    return rule.goalUnder(pool, range, now(), old -> started);
  }

  private static boolean isUnderWay(ServiceState service, PoolState pool) {
    List<AddressRange> old = pool.retiring().stream().map(RetiringRange::range).toList();
    return service.annotations().containsKey(ServiceAnnotations.RECORD)
        || service.addressIn(old).isPresent();
  }

  private void move(HandoverGoal goal, PoolState pool) throws InterruptedException {
    HandoverPlanner planner = new HandoverPlanner();
    for (Instant end = deadline(); Instant.now().isBefore(end); ) {
      HandoverPlan plan = planner.planAgain(goal, services.list(), now());
      List<ServicePatch> due =
          plan.patches().stream().filter(it -> isUnderWay(it.service(), pool)).toList();
      if (!goesOn(due, plan.waiting().stream().filter(it -> isUnderWay(it, pool)).toList())) {
        return;
      }
    }
  }

  /** Takes everything of ours off services. */
  void end(PoolState pool) throws InterruptedException, NotReleased {
    HandoverEnd ending = ending(pool);
    boolean goesOn = true;
    for (Instant end = deadline(); goesOn && Instant.now().isBefore(end); ) {
      HandoverEnd.Steps steps = ending.plan(services.list(), Instant.now());
      goesOn = goesOn(steps.patches(), steps.waiting());
    }
    List<ServiceState> left = marked(pool);
    if (!left.isEmpty()) {
      throw new NotReleased(
          "the annotation %s stays on %s"
              .formatted(
                  ServiceAnnotations.RECORD, FirstFew.of(left.stream().map(this::named).toList())));
    }
  }

  /** Returns the rule by which moves of services of this pool end. */
  private HandoverEnd ending(PoolState pool) {
    List<AddressRange> ours =
        Stream.concat(
                pool.record().orElse(List.of()).stream(),
                pool.retiring().stream().map(RetiringRange::range))
            .distinct()
            .toList();
    return new HandoverEnd(rule.pool(), ours, rule.stay().patience());
  }

  private String named(ServiceState service) {
    return service
        + " ("
        + refused.getOrDefault(service.uid(), "MetalLB is not done with it")
        + ")";
  }

  private static Date now() {
    return Date.from(Instant.now());
  }

  private Instant deadline() {
    Duration patience = rule.stay().patience().multipliedBy(PATIENCES);
    return Instant.now().plus(patience);
  }

  /** Sends what is due, and tells whether there is more to send or to wait for. */
  private boolean goesOn(List<ServicePatch> due, List<ServiceState> waiting)
      throws InterruptedException {
    List<ServicePatch> allowed =
        due.stream().filter(it -> !refused.containsKey(it.service().uid())).toList();
    allowed.forEach(this::send);
    boolean goesOn = !allowed.isEmpty() || !waiting.isEmpty();
    TimeUnit.MILLISECONDS.sleep(goesOn ? BETWEEN_LOOKS_MILLIS : 0);
    return goesOn;
  }

  private void send(ServicePatch patch) {
    try {
      services.patch(patch);
      LOG.info("Service {}: {}.", patch.service(), inWords(patch.kind()));
    } catch (KubernetesClientException e) {
      if (e.getCode() <= 0) {
        throw e;
      }
      boolean passes =
          e.getCode() >= SERVER_ERROR || e.getCode() == CONFLICT || e.getCode() == NOT_FOUND;
      if (!passes) {
        refused.put(patch.service().uid(), ClusterFailure.textOf(e));
      }
    }
  }

  private static String inWords(ServicePatch.Kind kind) {
    return switch (kind) {
      case MOVE -> "it is asked to take its address in the new range";
      case RETURN -> "it is asked to take its former addresses again";
      case RELEASE -> "nothing of the program stays on it";
      case REPAIR, DNS -> "it is corrected";
    };
  }
}
