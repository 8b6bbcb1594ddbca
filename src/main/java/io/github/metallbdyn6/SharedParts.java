package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.MetalLbConfiguration;
import io.github.metallbdyn6.kubernetes.ServicePermission;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.report.Explainer;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.time.Clock;

/**
 * The parts of the program that all pools share.
 *
 * @param settings of the program
 * @param client the cluster
 * @param leadership whether this replica leads
 * @param clock tells the time
 * @param explainer says what failures mean
 * @param passes runs the passes
 * @param permission whether services may be seen and moved
 * @param services the services of all namespaces
 * @param configuration what MetalLB says of its configuration
 */
record SharedParts(
    Settings settings,
    KubernetesClient client,
    Leadership leadership,
    Clock clock,
    Explainer explainer,
    Passes passes,
    ServicePermission permission,
    LoadBalancerServices services,
    MetalLbConfiguration configuration) {

  String namespace() {
    return settings.get(Setting.METALLB_NAMESPACE);
  }

  /** How long MetalLB may take, in seconds. */
  int patienceSeconds() {
    return settings.number(Setting.RELOAD_TIMEOUT);
  }

  Journal journal() {
    return new Journal(settings.get(Setting.SOURCE), clock, explainer);
  }
}
