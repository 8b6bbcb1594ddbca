package io.github.metallbdyn6.kubernetes;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The leader that was told last, so that only another one is news. */
final class KnownLeader {
  private final Clock clock;
  private @Nullable Boolean led;
  private String name = "";
  private volatile Instant since;
  private volatile LeaderElection.Listener listener = (leads, leader) -> {};

  KnownLeader(Clock clock) {
    this.clock = clock;
    this.since = clock.instant();
  }

  void tell(LeaderElection.Listener reader) {
    listener = reader;
  }

  /** Returns since when this replica leads, or does not. */
  Instant since() {
    return since;
  }

  /** Takes note of the leader as it is now, and tells of it if it is news. */
  void now(boolean leads, Optional<String> leader) {
    boolean isNews = led == null ? leads || leader.isPresent() : led != leads;
    if (!isNews && name.equals(leader.orElse(""))) {
      return;
    }
    since = led == null || led != leads ? clock.instant() : since;
    led = leads;
    name = leader.orElse("");
    listener.changed(leads, leader);
  }
}
