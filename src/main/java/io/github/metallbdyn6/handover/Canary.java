package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pool.Uptake;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one service ahead where MetalLB does not say that it knows the new range. MetalLB hears of
 * the pool and of services separately; a service that requests an address which MetalLB does not
 * know yet loses all that it has. Once one service has an address in the range, MetalLB knows it.
 *
 * <p>No second service is sent before the first one is home again. A service without an IPv4
 * address goes first: the service has the least to lose.
 *
 * <p>Everybody who may edit a service can write a record. So a service counts as sent ahead only by
 * a record that this program wrote or found at its start; and namespaces take turns, so that a
 * hostile one holds up the others for one try.
 */
final class Canary {
  /** MetalLB may refuse a namespace's services for a reason of its own; then others go ahead. */
  private static final int FREE_TRIES = 3;

  private final WrittenRecords written = new WrittenRecords();
  private @Nullable AddressRange range;

  /** How often a namespace's service, and a service by its uid, was sent ahead. */
  private final Map<String, Integer> tries = new HashMap<>();

  private int allTries;
  private Instant lastTry = Instant.EPOCH;

  /** Lets one service pass that is to move, and has all others wait for it. */
  synchronized Map<ServiceState, Step> hold(
      HandoverGoal goal, Collection<ServiceState> services, Map<ServiceState, Step> steps) {
    if (!goal.range().equals(range)) {
      range = goal.range();
      tries.clear();
      allTries = 0;
    }
    written.look(services);
    Map<ServiceState, Step> held = isProven(goal, services) ? steps : held(goal, services, steps);
    held.values().forEach(written::note);
    return held;
  }

  private static boolean isProven(HandoverGoal goal, Collection<ServiceState> services) {
    return goal.uptake() == Uptake.DONE
        || services.stream().anyMatch(it -> it.addressIn(List.of(goal.range())).isPresent());
  }

  private Map<ServiceState, Step> held(
      HandoverGoal goal, Collection<ServiceState> services, Map<ServiceState, Step> steps) {
    boolean wait = services.stream().anyMatch(it -> isAhead(it, goal)) || isPause(goal.now());
    Optional<ServiceState> ahead = wait ? Optional.empty() : first(steps);
    ahead.ifPresent(service -> count(service, goal.now()));
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

  private boolean isAhead(ServiceState service, HandoverGoal goal) {
    return written.isOn(service)
        && HandoverRecord.of(service, goal)
            .filter(record -> record.stage() != Stage.GIVEN_UP)
            .flatMap(HandoverRecord::target)
            .filter(target -> target.isIn(goal.range()))
            .isPresent();
  }

  /** After a try MetalLB gets time to hear of the range, more after every one. */
  private boolean isPause(Instant now) {
    return allTries > 0 && now.isBefore(HandoverRecord.retryAt(lastTry, allTries));
  }

  private void count(ServiceState service, Instant now) {
    tries.merge(service.namespace(), 1, Integer::sum);
    tries.merge(service.uid(), 1, Integer::sum);
    allTries++;
    lastTry = now;
  }

  private Optional<ServiceState> first(Map<ServiceState, Step> steps) {
    return steps.keySet().stream()
        .filter(service -> steps.getOrDefault(service, Step.NONE).isMove())
        .min(
            Comparator.comparing(this::isOdd)
                .thenComparing(this::isExpensive)
                .thenComparing(service -> triesOf(service.namespace()))
                .thenComparing(service -> triesOf(service.uid())));
  }

  /** MetalLB may never answer such a service, or somebody plays with it. */
  private boolean isOdd(ServiceState service) {
    boolean strange =
        !service.annotation(ServiceAnnotations.RECORD).isEmpty() && !written.isOn(service);
    return strange || !service.isPlain();
  }

  private boolean isExpensive(ServiceState service) {
    return service.hasIpv4() || triesOf(service.namespace()) >= FREE_TRIES;
  }

  private int triesOf(String namespaceOrUid) {
    return tries.getOrDefault(namespaceOrUid, 0);
  }
}
