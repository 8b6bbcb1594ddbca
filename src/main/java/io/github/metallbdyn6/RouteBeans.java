package io.github.metallbdyn6;

import static java.util.Map.entry;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.MetalLbConfiguration;
import io.github.metallbdyn6.kubernetes.MetalLbPods;
import io.github.metallbdyn6.kubernetes.PoolEvents;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.kubernetes.PoolWatch;
import io.github.metallbdyn6.management.Console;
import io.github.metallbdyn6.management.PrefixWatch;
import io.github.metallbdyn6.metallb.ReloadRule;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.pass.Outage;
import io.github.metallbdyn6.pass.Passes;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.report.ClusterHealth;
import io.github.metallbdyn6.report.EventRecorder;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.PassHealth;
import io.github.metallbdyn6.report.PassLog;
import io.github.metallbdyn6.report.Pulse;
import io.github.metallbdyn6.routing.ErrorBarrier;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;

/**
 * What the routes refer to by name: the user's rules as pure decisions, the objects of the cluster,
 * and what was seen and said so far. Made here and not in YAML, which takes a pool that is named
 * {@code 10} for a number.
 */
public final class RouteBeans {
  private RouteBeans() {}

  /** Returns the beans by the names that the routes use. */
  public static Map<String, Object> of(Settings settings, KubernetesClient client) {
    String namespace = settings.get(Setting.METALLB_NAMESPACE);
    String labelSelector = settings.get(Setting.METALLB_LABEL_SELECTOR);
    String poolName = settings.get(Setting.METALLB_POOL);
    IpAddressPool pool = new IpAddressPool(client, namespace, poolName);
    Clock clock = Clock.systemUTC();
    Journal journal = new Journal(settings.get(Setting.SOURCE), clock);
    journal.addReader(new PassLog());
    EventRecorder eventRecorder =
        new EventRecorder(new PoolEvents(client, namespace, poolName, pool));
    if (settings.wantsEvents()) {
      journal.addReader(eventRecorder);
    }
    Passes passes = new Passes("direct:watch-prefix", journal::failed);
    journal.addReader(new Outage(passes));
    PoolUptake uptake =
        new PoolUptake(
            pool,
            new MetalLbConfiguration(client, namespace)::error,
            Duration.ofSeconds(settings.number(Setting.RELOAD_TIMEOUT)),
            passes::soon);
    Metrics metrics = new Metrics(journal, settings);
    Map<String, Object> beans = new HashMap<>(SourceBeans.of(settings, client, pool, clock));
    beans.putAll(HandoverBeans.of(settings, client, journal, passes));
    beans.putAll(
        Map.ofEntries(
            entry("kubernetesClient", client),
            entry(
                "changeRule",
                new ChangeRule(
                    settings.number(Setting.CONFIRMATIONS),
                    settings.number(Setting.MAX_CHANGES_PER_HOUR))),
            entry(
                "reloadRule",
                ReloadRule.of(
                    settings.get(Setting.RELOAD),
                    labelSelector,
                    settings.number(Setting.RELOAD_TIMEOUT))),
            entry("pool", pool),
            entry("metallbPods", new MetalLbPods(client, namespace, labelSelector)),
            entry("journal", journal),
            entry("passes", passes),
            entry("errorBarrier", new ErrorBarrier()), // found by its type
            entry("poolUptake", uptake),
            entry("poolWatch", new PoolWatch(pool, uptake, passes::soon)),
            entry("prefixWatch", new PrefixWatch(journal, passes, pool.toString())),
            entry("eventRecorder", eventRecorder),
            entry("passHealth", new PassHealth(journal)),
            entry("pulse", new Pulse(journal, settings.longestPass(), clock)),
            entry("clusterHealth", new ClusterHealth(journal, pool, settings.longestPass(), clock)),
            entry("cliConnectorFactory", Console.cli(settings)),
            entry("sourceMetrics", metrics.sources()),
            entry("metrics", metrics),
            entry("plansShown", MemoryIdempotentRepository.memoryIdempotentRepository(1))));
    return beans;
  }
}
