package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceCondition;
import io.github.metallbdyn6.handover.ServiceConditions;
import io.github.metallbdyn6.handover.ServiceListener;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.handover.ServicesOfPool;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The services of the pool as the watch tells of them, for people: who has which address, and who
 * has not what it should have. Nothing is decided by it.
 */
public final class ServiceBoard implements ServiceListener {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private HandoverRule rule;
  private boolean moves;
  private final Map<String, ServiceState> services = new LinkedHashMap<>();
  private final Set<String> served = new HashSet<>();
  private final Map<String, Sighting> sightings = new HashMap<>();
  private final Set<String> told = new HashSet<>();
  private final Set<String> warned = new HashSet<>();
  private final Map<String, String> obstacles = new HashMap<>();
  private boolean visible;
  private boolean dryRun;
  private boolean stale = true;
  private @Nullable Look last;

  private record Look(PoolState pool, PoolPlan plan, Instant at, List<Sighting> result) {
    boolean answers(PoolState now, PoolPlan latest, Instant time) {
      return pool.equals(now) && plan.equals(latest) && time.isBefore(at.plus(FRESH));
    }
  }

  /**
   * Knows nothing yet.
   *
   * @param rule says where services belong
   * @param moves whether the program moves services
   */
  public ServiceBoard(HandoverRule rule, boolean moves) {
    this.rule = rule;
    this.moves = moves;
  }

  /** Goes by other rules from now on. */
  public synchronized void follow(HandoverRule now, boolean moving) {
    rule = now;
    moves = moving;
    stale = true;
  }

  /** From now on nothing is on its way: a dry run moves no service. */
  public synchronized void showOnly() {
    dryRun = true;
    stale = true;
  }

  /** From now on the watch tells of every service that there is. */
  public synchronized void open() {
    visible = true;
  }

  /** Takes what the last pass found in the way of services, such as a patch that was refused. */
  synchronized void obstructed(List<HandoverPlan.Problem> problems) {
    obstacles.clear();
    problems.forEach(it -> obstacles.put(it.service().uid(), it.text()));
    stale = true;
  }

  @Override
  public synchronized void changed(ServiceState service) {
    services.put(service.uid(), service);
    stale = true;
  }

  @Override
  public synchronized void gone(String uid) {
    services.remove(uid);
    served.remove(uid);
    sightings.remove(uid);
    told.remove(uid);
    warned.remove(uid);
    stale = true;
  }

  /** Returns the pool's services as they are now; nothing where services cannot be seen. */
  synchronized Optional<List<Sighting>> look(PoolState pool, PoolPlan plan, Instant now) {
    if (!visible) {
      return Optional.empty();
    }
    @Nullable Look before = last;
    if (before == null || stale || !before.answers(pool, plan, now)) {
      before = new Look(pool, plan, now, lookAnew(pool, plan, now));
      last = before;
      stale = false;
    }
    return Optional.of(before.result());
  }

  private List<Sighting> lookAnew(PoolState pool, PoolPlan plan, Instant now) {
    HandoverGoal goal = goal(pool, plan, Date.from(now));
    services.values().stream()
        .filter(service -> ServicesOfPool.isServed(service, goal))
        .forEach(service -> served.add(service.uid()));
    List<AddressRange> outdated =
        plan.held().isPresent() && pool.equals(plan.current()) ? plan.leaving() : List.of();
    List<Sighting> seen =
        ServiceConditions.of(goal, moves, services.values(), served).stream()
            .map(condition -> underHold(condition, outdated))
            .map(condition -> dryRun ? inDryRun(condition, goal) : condition)
            .map(this::obstructed)
            .map(condition -> sighted(condition, now))
            .toList();
    sightings.clear();
    seen.forEach(it -> sightings.put(it.condition().service().uid(), it));
    return seen;
  }

  /** A change that is due, as in a dry run, has services leave ranges that do not retire yet. */
  private HandoverGoal goal(PoolState pool, PoolPlan plan, Date now) {
    HandoverGoal goal = rule.goalOf(pool, plan, now, old -> Instant.MIN);
    return plan.isDue() && pool.equals(plan.current()) ? goal.leaving(plan.leaving()) : goal;
  }

  /** The goal is what an earlier change wants: under the current prefix its range is dead. */
  private static ServiceCondition underHold(ServiceCondition condition, List<AddressRange> old) {
    ServiceState service = condition.service();
    return condition.kind() == ServiceCondition.Kind.MOVING
        ? condition
        : service
            .addressIn(old)
            .map(address -> ServiceConditions.underHold(service, address))
            .orElse(condition);
  }

  private static ServiceCondition inDryRun(ServiceCondition condition, HandoverGoal goal) {
    return condition.kind() == ServiceCondition.Kind.MOVING
        ? ServiceConditions.inDryRun(condition.service(), goal)
        : condition;
  }

  /** The watch does not tell what the API server has refused. */
  private ServiceCondition obstructed(ServiceCondition condition) {
    String obstacle = obstacles.getOrDefault(condition.service().uid(), "");
    return obstacle.isEmpty() || condition.kind() != ServiceCondition.Kind.MOVING
        ? condition
        : ServiceConditions.leftBehind(condition.service(), obstacle);
  }

  private Sighting sighted(ServiceCondition condition, Instant now) {
    Instant since =
        Optional.ofNullable(sightings.get(condition.service().uid()))
            .filter(before -> before.condition().kind() == condition.kind())
            .map(Sighting::since)
            .orElse(now);
    return new Sighting(condition, since);
  }

  /** Returns the services that the next change leaves without an address, each once. */
  synchronized List<ServiceCondition> atRisk(PoolState pool, PoolPlan plan, Instant now) {
    return look(pool, plan, now).orElse(List.of()).stream()
        .map(Sighting::condition)
        .filter(it -> it.kind() == ServiceCondition.Kind.PINNED)
        .filter(it -> warned.add(it.service().uid()))
        .toList();
  }

  /** Returns the services that have become unreachable, each once until it can be reached again. */
  synchronized List<ServiceCondition> news(PoolState pool, PoolPlan plan, Instant now) {
    List<Sighting> unreachable =
        look(pool, plan, now).orElse(List.of()).stream()
            .filter(it -> it.condition().kind().isUnreachable())
            .toList();
    told.retainAll(unreachable.stream().map(it -> it.condition().service().uid()).toList());
    return unreachable.stream()
        .filter(it -> it.isTrouble(now))
        .map(Sighting::condition)
        .filter(it -> told.add(it.service().uid()))
        .toList();
  }
}
