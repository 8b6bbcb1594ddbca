package io.github.metallbdyn6.status;

import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.HashSet;
import java.util.Set;

/** The routes that no pass can get to with these settings: a picture of them would mislead. */
final class IdleRoutes {
  private IdleRoutes() {}

  static Set<String> of(Settings settings) {
    Set<String> idle = new HashSet<>();
    if (settings.dryRun()) {
      idle.addAll(Set.of("patch-pool", "hand-over", "restart-metallb"));
    } else {
      idle.add("show-plan");
    }
    if (settings.transition() != Transition.HANDOVER && !settings.mayKeepSeveralPools()) {
      idle.addAll(Set.of("hand-over", "show-services"));
    }
    if (settings.get(Setting.RELOAD).equals("never")) {
      idle.add("restart-metallb");
    }
    return idle;
  }
}
