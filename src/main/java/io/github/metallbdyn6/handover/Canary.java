package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sends one service ahead where MetalLB does not say that it knows the new range. MetalLB hears of
 * the pool and of services separately; a service that requests an address which MetalLB does not
 * know yet loses all that it has. Once one service has an address in the range, MetalLB knows it.
 *
 * <p>No second service is sent before the first one is home again. A service without an IPv4
 * address goes first: the service has the least to lose.
 */
final class Canary {
  /** MetalLB may refuse a service for a reason of its own; then another one goes ahead. */
  private static final int FREE_REFUSALS = 6;

  private final Goal goal;
  private final Collection<ServiceState> services;

  private Canary(Goal goal, Collection<ServiceState> services) {
    this.goal = goal;
    this.services = services;
  }

  static Canary of(Goal goal, Collection<ServiceState> services) {
    return new Canary(goal, services);
  }

  /** Lets one service pass that is to move, and has all others wait for it. */
  Map<ServiceState, Step> hold(Map<ServiceState, Step> steps) {
    if (isProven()) {
      return steps;
    }
    Optional<ServiceState> ahead = isSomebodyAhead() || isPause() ? Optional.empty() : first(steps);
    Map<ServiceState, Step> held = new LinkedHashMap<>();
    steps.forEach(
        (service, step) ->
            held.put(
                service,
                step.isMove() && ahead.filter(service::equals).isEmpty()
                    ? Step.WAIT.because(step.problem())
                    : step));
    return held;
  }

  private boolean isProven() {
    return goal.uptake() == Uptake.DONE
        || services.stream().anyMatch(it -> it.addressIn(List.of(goal.range())).isPresent());
  }

  private boolean isSomebodyAhead() {
    return records().stream().anyMatch(record -> record.stage() != Stage.GIVEN_UP);
  }

  /** After a refusal MetalLB gets time to hear of the range, more after every one. */
  private boolean isPause() {
    List<HandoverRecord> refused = records().stream().filter(it -> it.refusals() > 0).toList();
    int refusals = refused.stream().mapToInt(HandoverRecord::refusals).sum();
    Optional<Instant> last =
        refused.stream().map(HandoverRecord::since).max(Comparator.naturalOrder());
    return last.filter(it -> goal.now().isBefore(HandoverRecord.retryAt(it, refusals))).isPresent();
  }

  private List<HandoverRecord> records() {
    return services.stream().map(service -> recordOf(service)).flatMap(Optional::stream).toList();
  }

  private Optional<HandoverRecord> recordOf(ServiceState service) {
    return HandoverRecord.of(service, goal)
        .filter(record -> record.target().filter(it -> it.isIn(goal.range())).isPresent());
  }

  private Optional<ServiceState> first(Map<ServiceState, Step> steps) {
    return steps.keySet().stream()
        .filter(service -> steps.getOrDefault(service, Step.NONE).isMove())
        .min(Comparator.comparing(this::isExpensive).thenComparing(this::refusals));
  }

  private boolean isExpensive(ServiceState service) {
    return service.hasIpv4() || refusals(service) >= FREE_REFUSALS;
  }

  private int refusals(ServiceState service) {
    return recordOf(service).map(HandoverRecord::refusals).orElse(0);
  }
}
