package io.github.metallbdyn6;

import static java.util.Map.entry;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.handover.Annotations;
import io.github.metallbdyn6.handover.HandoverPlanner;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.Lookout;
import io.github.metallbdyn6.handover.Misplaced;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.ServiceAccess;
import io.github.metallbdyn6.kubernetes.ServiceBoard;
import io.github.metallbdyn6.kubernetes.ServiceEvents;
import io.github.metallbdyn6.kubernetes.ServiceWatch;
import io.github.metallbdyn6.pass.Passes;
import io.github.metallbdyn6.pass.Placements;
import io.github.metallbdyn6.report.HandoverJournal;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.ServiceEventRecorder;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What only a handover needs of {@link RouteBeans}. */
final class HandoverBeans {
  /** Patches at a time: quick enough for hundreds of services, and no burden to an API server. */
  private static final int PATCHES_AT_ONCE = 8;

  private static final int IDLE_SECONDS = 5;

  private HandoverBeans() {}

  static Map<String, Object> of(
      Settings settings, KubernetesClient client, Journal journal, Passes passes) {
    Lookout lookout = new Lookout();
    HandoverJournal handoverJournal = new HandoverJournal(journal, Clock.systemUTC());
    ServiceEventRecorder events = new ServiceEventRecorder(new ServiceEvents(client));
    if (settings.wantsEvents()) {
      journal.addReader(events);
    }
    LoadBalancerServices cluster =
        new LoadBalancerServices(
            client, Annotations.dnsTargets(settings.get(Setting.EXTERNAL_DNS_PREFIX)));
    ServiceBoard services = new ServiceBoard(cluster);
    Placements placements =
        new Placements(
            "direct:place-services",
            passes,
            lookout,
            new Misplaced(lookout),
            handoverJournal::placingFailed);
    ServiceWatch watch = new ServiceWatch(cluster, List.of(services, placements));
    boolean dryRun = Boolean.parseBoolean(settings.get(Setting.DRY_RUN));
    return Map.ofEntries(
        entry(
            "handoverRule",
            HandoverRule.of(
                    settings.get(Setting.RETIRE_AFTER), settings.number(Setting.RELOAD_TIMEOUT))
                .forPool(
                    settings.get(Setting.METALLB_NAMESPACE)
                        + "/"
                        + settings.get(Setting.METALLB_POOL))),
        entry("handoverPlanner", new HandoverPlanner()),
        entry("lookout", lookout),
        entry("services", services),
        entry("servicePatchers", threads()),
        entry("placements", placements),
        entry("serviceWatch", watch),
        entry("serviceEventRecorder", events),
        entry("handoverJournal", handoverJournal),
        entry(
            "transition",
            new ServiceAccess(client, settings.transition(), dryRun ? () -> {} : watch::open)));
  }

  /** No thread before there is something to patch. */
  private static ThreadPoolExecutor threads() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            PATCHES_AT_ONCE,
            PATCHES_AT_ONCE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "metallb-dyn6-patch");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }
}
