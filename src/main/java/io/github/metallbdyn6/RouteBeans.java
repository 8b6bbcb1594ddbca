package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.handover.ServiceAnnotations;
import io.github.metallbdyn6.health.AttentionCheck;
import io.github.metallbdyn6.health.LastPassCheck;
import io.github.metallbdyn6.health.LivenessCheck;
import io.github.metallbdyn6.health.ReadinessCheck;
import io.github.metallbdyn6.kubernetes.ClusterFailure;
import io.github.metallbdyn6.kubernetes.LoadBalancerServices;
import io.github.metallbdyn6.kubernetes.MetalLbConfiguration;
import io.github.metallbdyn6.kubernetes.ServicePermission;
import io.github.metallbdyn6.kubernetes.ServiceWatch;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.management.Console;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.report.Explainer;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.routing.ErrorBarrier;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.routing.ShownPlans;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.source.SourceFailure;
import io.github.metallbdyn6.telling.Followers;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The beans that the routes refer to by name: the user's rules as pure decisions, the objects of
 * the cluster, and what was seen and said so far. Made here and not in YAML, which takes a pool
 * that is named {@code 10} for a number.
 */
public final class RouteBeans {
  private static final String RUN_PASS = "direct:run-pass";

  private final Map<String, Object> beans = new HashMap<>();
  private final Settings settings;
  private final KubernetesClient client;
  private final Clock clock = Clock.systemUTC();
  private final Explainer explainer =
      new Explainer(List.of(ClusterFailure::explain, SourceFailure::explain));
  private final SharedParts shared;
  private final KeptPools pools;
  private final Journals journals;
  private final ServiceWatch serviceWatch;

  private RouteBeans(Settings settings, KubernetesClient client) {
    this.settings = settings;
    this.client = client;
    shared = sharedParts();
    pools = new KeptPools(shared);
    journals = new Journals(pools.each(pool -> pool.journal), explainer, shared.leadership());
    serviceWatch = new ServiceWatch(shared.services(), List.of(pools));
  }

  /** The objects know one another only when they are used. */
  private SharedParts sharedParts() {
    Leadership leadership =
        settings.electsLeader() ? Election.of(settings, client, clock) : Leadership.ALONE;
    return new SharedParts(
        settings,
        client,
        leadership,
        clock,
        explainer,
        new Passes(RUN_PASS, failure -> journals().failed(failure)),
        new ServicePermission(client, this::showServices),
        new LoadBalancerServices(
            client,
            ServiceAnnotations.dnsTargets(settings.get(Setting.EXTERNAL_DNS_PREFIX)),
            leadership),
        new MetalLbConfiguration(client, settings.get(Setting.METALLB_NAMESPACE)));
  }

  private Journals journals() {
    return journals;
  }

  private void showServices() {
    pools.showServices();
    serviceWatch.open();
  }

  /** Returns the beans by the names that the routes use. */
  public static Map<String, Object> of(Settings settings, KubernetesClient client) {
    RouteBeans made = new RouteBeans(settings, client);
    made.putReaders();
    settings.pools().forEach(made.pools::add);
    made.putProgram();
    made.putSteps();
    return made.beans;
  }

  /** Where nothing follows the prefix but the pools. */
  private static void tellNobody(PoolPass pass) {}

  /** Readers of a pool are there before it, so that they hear of its first pass. */
  private void putReaders() {
    PoolReaders readers = new PoolReaders(shared, pools, journals);
    pools.tell(readers::hear, readers::forget);
    beans.putAll(readers.beans());
    beans.put("passHealth", new LastPassCheck(journals));
    beans.put("attentionHealth", new AttentionCheck(journals));
    beans.put("pulse", new LivenessCheck(journals, settings.longestPass(), clock));
    beans.put(
        "clusterHealth", new ReadinessCheck(journals, pools::read, settings.longestPass(), clock));
  }

  private void putProgram() {
    Passes passes = shared.passes();
    passes.askBefore(pools::mayPass);
    passes.onlyWhile(shared.leadership()::leads);
    beans.put("kubernetesClient", client);
    beans.put("passes", passes);
    beans.put("keptPools", pools);
    beans.put("serviceWatch", serviceWatch);
    beans.put("errorBarrier", new ErrorBarrier()); // found by its type
    beans.put("journal", journals);
    putFollowers();
    beans.put("cliConnectorFactory", Console.cli(settings));
    beans.put("plansShown", new ShownPlans());
    if (settings.electsLeader()) {
      Election.follow(shared.leadership(), passes, pools, journals, this::followersStandBy);
      beans.put("leaderElection", shared.leadership());
    }
  }

  private void followersStandBy() {
    if (beans.get("followers") instanceof Followers followers) {
      followers.standBy();
    }
  }

  /** The first pool remembers what followers were told. */
  private void putFollowers() {
    if (settings.followers().isEmpty()) {
      Consumer<PoolPass> nobody = RouteBeans::tellNobody;
      beans.put("followers", nobody);
    } else {
      String first = shared.namespace() + "/" + settings.pools().get(0);
      pools
          .find(first)
          .ifPresent(
              pool ->
                  beans.putAll(
                      FollowerBeans.of(
                          settings,
                          client,
                          shared.leadership(),
                          pool.object,
                          pool.journal,
                          clock)));
    }
  }

  private void putSteps() {
    AddressRule addressRule = RulesOfPool.addressesOf(settings);
    beans.putAll(SourceBeans.of(shared, pools::objects, addressRule));
    beans.putAll(PoolBeans.of(shared, pools, journals));
  }
}
