package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.LeaderElection;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.lease.Lease;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** Makes the election as the settings say. Not loaded where there is one replica. */
final class Election {
  /** A container knows its pod's name by this. */
  private static final String POD = "HOSTNAME";

  private static final int UNIQUE = 8;

  private Election() {}

  /** Returns the name of this replica: its pod's. */
  static String replica(Settings settings) {
    String pod = settings.variable(POD).replaceAll("[^A-Za-z0-9.-]", "");
    return pod.isEmpty() ? "metallb-dyn6" : pod;
  }

  /** Has a replica begin and cease to work when the leader changes. */
  static void follow(
      Leadership election,
      Passes passes,
      KeptPools pools,
      Journals journals,
      Runnable followersStandBy) {
    ((LeaderElection) election).tell(new LeaderChanges(passes, pools, journals, followersStandBy));
  }

  static Leadership of(Settings settings, KubernetesClient client, Clock clock) {
    String unique = UUID.randomUUID().toString().substring(0, UNIQUE);
    return new LeaderElection(
        client,
        settings.get(Setting.METALLB_NAMESPACE),
        settings.get(Setting.LEASE),
        Lease.identity(replica(settings), unique),
        Duration.ofSeconds(settings.number(Setting.LEASE_DURATION)),
        clock);
  }
}
