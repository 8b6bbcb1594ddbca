package io.github.metallbdyn6.handover;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The records that this program has written, or that were there at its first look: it may have
 * written those before its last restart. All others are somebody else's.
 */
final class WrittenRecords {
  /** A patch that does not succeed leaves an earlier record in place. */
  private static final int REMEMBERED = 8;

  private final Map<String, Deque<String>> byUid = new HashMap<>();
  private boolean looked;

  /** Takes note of the services as they are, and forgets those that are gone. */
  void look(Collection<ServiceState> services) {
    if (!looked) {
      services.forEach(service -> note(service, service.annotation(ServiceAnnotations.RECORD)));
      looked = true;
    }
    Set<String> present = services.stream().map(ServiceState::uid).collect(Collectors.toSet());
    byUid.keySet().retainAll(present);
  }

  /** Takes note of what is about to be written. */
  void note(Step step) {
    step.patch()
        .ifPresent(
            patch ->
                Optional.ofNullable(patch.annotations().get(ServiceAnnotations.RECORD))
                    .ifPresent(record -> note(patch.service(), record)));
  }

  private void note(ServiceState service, String record) {
    if (!record.isEmpty()) {
      Deque<String> last = byUid.computeIfAbsent(service.uid(), key -> new ArrayDeque<>());
      last.addLast(record);
      if (last.size() > REMEMBERED) {
        last.removeFirst();
      }
    }
  }

  /** Tells whether the record that a service has is one of them. */
  boolean isOn(ServiceState service) {
    Deque<String> last = byUid.get(service.uid());
    return last != null && last.contains(service.annotation(ServiceAnnotations.RECORD));
  }
}
