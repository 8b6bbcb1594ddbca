package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.kubernetes.AnnotatedPools;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.IpAddressPool;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.MetalLbConfiguration;
import io.github.metallbdyn6.kubernetes.PoolUnusable;
import io.github.metallbdyn6.kubernetes.PoolUptake;
import io.github.metallbdyn6.release.NotReleased;
import io.github.metallbdyn6.release.Release;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/** {@code --release}, from the settings to the exit status. */
final class ReleaseRun {
  /** The settings that count; a source, for example, may be gone already. */
  static final List<Setting> SETTINGS =
      List.of(
          Setting.METALLB_POOL,
          Setting.METALLB_NAMESPACE,
          Setting.REQUEST_TIMEOUT,
          Setting.DRY_RUN,
          Setting.RETIRE_AFTER,
          Setting.EXTERNAL_DNS_PREFIX,
          Setting.RELOAD_TIMEOUT,
          Setting.LOG_LEVEL,
          Setting.LOG_FORMAT);

  /** A pod that is being stopped ends within that. */
  private static final Duration QUIET = Duration.ofSeconds(15);

  private static final int NOT_DONE = 1;

  private ReleaseRun() {}

  static int of(Settings settings, KubernetesClient client, boolean withoutRange) {
    try {
      for (String pool : pools(settings, client)) {
        carryOut(release(settings, client, pool, withoutRange), settings.dryRun());
      }
      return 0;
    } catch (KubernetesClientException e) {
      return refuse(ClusterFailure.textOf(e));
    } catch (NotReleased | PoolUnusable e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return refuse("stopped before everything was released");
    }
  }

  private static void carryOut(Release release, boolean dryRun)
      throws NotReleased, InterruptedException {
    if (dryRun) {
      release.show();
    } else {
      release.run();
    }
  }

  private static Collection<String> pools(Settings settings, KubernetesClient client) {
    return settings.keepsAnnotatedPools()
        ? AnnotatedPools.marked(client, settings.get(Setting.METALLB_NAMESPACE))
        : settings.pools();
  }

  private static Release release(
      Settings settings, KubernetesClient client, String name, boolean withoutRange) {
    String namespace = settings.get(Setting.METALLB_NAMESPACE);
    int patience = settings.number(Setting.RELOAD_TIMEOUT);
    IpAddressPool pool = new IpAddressPool(client, namespace, name);
    return new Release(
        pool,
        new LoadBalancerServices(
            client, ServiceAnnotations.dnsTargets(settings.get(Setting.EXTERNAL_DNS_PREFIX))),
        HandoverRule.of(settings.get(Setting.RETIRE_AFTER), patience).forPool(pool.toString()),
        new PoolUptake(
            pool,
            new MetalLbConfiguration(client, namespace)::error,
            Duration.ofSeconds(patience),
            () -> {}),
        withoutRange,
        QUIET);
  }

  private static int refuse(String why) {
    System.err.println("metallb-dyn6: not released: " + why);
    return NOT_DONE;
  }
}
