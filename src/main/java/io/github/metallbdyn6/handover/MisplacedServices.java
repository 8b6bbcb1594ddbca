package io.github.metallbdyn6.handover;

import io.github.metallbdyn6.handover.HandoverRecord.Stage;
import io.github.metallbdyn6.ipv6.HostPart;
import io.github.metallbdyn6.ipv6.Ipv6Address;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The services that the watch tells of and that are not where they should be: with another host
 * part than they declare, on a range that retires, or left in the middle of a move. Each state of a
 * service counts once, so that one which cannot be helped is not tried for ever.
 */
public final class MisplacedServices {
  private final HandoverSchedule lookout;
  private final Map<String, ServiceState> seen = new LinkedHashMap<>();
  private final Map<String, ServiceState> waiting = new LinkedHashMap<>();

  /** The addresses that each service has or requests: what one gives up, another one may get. */
  private final Map<String, List<String>> claims = new HashMap<>();

  private boolean left;
  private boolean chance;

  /** Takes where services should be from the last look at them. */
  public MisplacedServices(HandoverSchedule lookout) {
    this.lookout = lookout;
  }

  /** Takes note of a service as it is now, and tells whether there is something to do. */
  public synchronized boolean note(ServiceState service) {
    noteClaims(service);
    if (!isMisplaced(service)) {
      seen.remove(service.uid());
      waiting.remove(service.uid());
    } else if (!isSame(service, seen.put(service.uid(), service))) {
      waiting.put(service.uid(), service);
    }
    return chance || !waiting.isEmpty();
  }

  private void noteClaims(ServiceState service) {
    List<String> now =
        Stream.of(service.addresses(), service.asked())
            .flatMap(list -> list.items().stream())
            .toList();
    List<String> before = claims.put(service.uid(), now);
    chance = chance || (left && before != null && !before.equals(now));
  }

  /** Takes note that a service is gone: another one can have its address then. */
  public synchronized boolean gone(String uid) {
    seen.remove(uid);
    waiting.remove(uid);
    claims.remove(uid);
    chance = chance || left;
    return isAny();
  }

  /** Tells whether there still is something to do. */
  public synchronized boolean isAny() {
    return chance || waiting.values().stream().anyMatch(this::isMisplaced);
  }

  /** Takes note that all services are looked at now. */
  public synchronized void done() {
    waiting.clear();
    chance = false;
  }

  /** Takes note whether services are left where they should not be. */
  public synchronized void left(boolean any) {
    left = any;
  }

  private boolean isMisplaced(ServiceState service) {
    Optional<HandoverGoal> goal = lookout.goal();
    Optional<HandoverRecord> record =
        HandoverRecord.parse(service.annotation(ServiceAnnotations.RECORD));
    boolean ofAnotherPool =
        record.isPresent() && goal.filter(record.get()::isOfAnotherPool).isPresent();
    if (record.filter(it -> it.stage() != Stage.GIVEN_UP).isPresent()) {
      return !ofAnotherPool;
    }
    boolean retiring = goal.filter(it -> service.addressIn(it.retiring()).isPresent()).isPresent();
    return retiring || lacksItsHostPart(service) || lacksWhatItRequests(service);
  }

  private static boolean lacksWhatItRequests(ServiceState service) {
    return service.ingress().isEmpty() && !service.asked().items().isEmpty();
  }

  private static boolean lacksItsHostPart(ServiceState service) {
    String declared = service.annotation(ServiceAnnotations.HOST_PART);
    if (declared.isEmpty()) {
      return false;
    }
    return service.ingress().stream()
        .map(Ipv6Address::parse)
        .flatMap(Optional::stream)
        .anyMatch(address -> !HostPart.parse(declared).equals(Optional.of(address.hostPart())));
  }

  private static boolean isSame(ServiceState now, @Nullable ServiceState before) {
    return before != null
        && now.annotations().equals(before.annotations())
        && now.ingress().equals(before.ingress());
  }
}
