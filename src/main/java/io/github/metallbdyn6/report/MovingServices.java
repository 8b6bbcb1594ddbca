package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.Handover;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The services that move to a range. They are remembered over passes: a crowd takes longer than one
 * pass, and a service may arrive between two.
 */
final class MovingServices {
  private final Set<String> uids = new HashSet<>();
  private @Nullable AddressRange range;

  /** Counts the services that have arrived since it was last asked, each of them once. */
  int arrived(Handover handover) {
    AddressRange now = handover.goal().range();
    if (!Optional.ofNullable(range).equals(Optional.of(now))) {
      range = now;
      uids.clear();
    }
    uids.addAll(uids(handover.first().misplaced()));
    uids.retainAll(uids(handover.services()));
    Set<String> arrived = arrived(handover.services(), handover.moves());
    int before = uids.size();
    uids.removeAll(arrived);
    return before - uids.size();
  }

  private static Set<String> arrived(Collection<ServiceState> services, HandoverPlan moves) {
    Set<String> arrived =
        uids(
            services.stream()
                .filter(it -> it.addressIn(List.of(moves.goal().range())).isPresent())
                .toList());
    arrived.removeAll(uids(moves.misplaced()));
    return arrived;
  }

  private static Set<String> uids(Collection<ServiceState> services) {
    return services.stream().map(ServiceState::uid).collect(Collectors.toSet());
  }
}
