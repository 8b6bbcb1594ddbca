package io.github.metallbdyn6;

import io.github.metallbdyn6.kubernetes.AnnotatedPools;
import io.github.metallbdyn6.kubernetes.LivePools;
import io.github.metallbdyn6.kubernetes.MetalLbPods;
import io.github.metallbdyn6.kubernetes.PodWatch;
import io.github.metallbdyn6.kubernetes.ServiceCaches;
import io.github.metallbdyn6.metallb.RestartRule;
import io.github.metallbdyn6.pass.DryRunSteps;
import io.github.metallbdyn6.pass.Handovers;
import io.github.metallbdyn6.pass.PlanSteps;
import io.github.metallbdyn6.pass.RestartSteps;
import io.github.metallbdyn6.pool.ChangeRule;
import io.github.metallbdyn6.report.HandoverJournals;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.routing.FollowedPools;
import io.github.metallbdyn6.routing.PatchThreads;
import io.github.metallbdyn6.routing.ServicePlacements;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.HashMap;
import java.util.Map;

/** The beans by which the routes change pools, move services and restart MetalLB. */
final class PoolBeans {
  private final Map<String, Object> beans = new HashMap<>();
  private final SharedParts shared;
  private final Settings settings;
  private final KeptPools pools;

  private PoolBeans(SharedParts shared, KeptPools pools) {
    this.shared = shared;
    this.settings = shared.settings();
    this.pools = pools;
  }

  static Map<String, Object> of(SharedParts shared, KeptPools pools, Journals journals) {
    PoolBeans made = new PoolBeans(shared, pools);
    made.putPools(journals);
    made.putServices();
    made.putRestart();
    return made.beans;
  }

  private void putPools(Journals journals) {
    ChangeRule changeRule =
        new ChangeRule(
            settings.number(Setting.CONFIRMATIONS), settings.number(Setting.MAX_CHANGES_PER_HOUR));
    LivePools live = new LivePools(pools.each(pool -> pool.live));
    beans.put("planning", new PlanSteps(pools, changeRule));
    beans.put("pool", live);
    beans.put("followedPools", new FollowedPools());
    beans.put("poolThreads", PatchThreads.profile("poolThreads"));
    beans.put(
        "dryRun", new DryRunSteps(live::show, settings.get(Setting.RELOAD), journals::dryRun));
    if (settings.keepsAnnotatedPools()) {
      beans.put(
          "annotatedPools",
          new AnnotatedPools(
              shared.client(), shared.namespace(), new AnnotatedPoolKeeper(shared, pools)));
    }
  }

  private void putServices() {
    beans.put("handover", new Handovers(pools.each(pool -> pool.handover)));
    beans.put("services", new ServiceCaches(pools.each(pool -> pool.services)));
    beans.put("servicePatchers", PatchThreads.profile("servicePatchers"));
    beans.put("placements", new ServicePlacements(pools.each(pool -> pool.placement)));
    beans.put("handoverJournal", new HandoverJournals(pools.each(pool -> pool.handoverJournal)));
  }

  private void putRestart() {
    String labelSelector = settings.get(Setting.METALLB_LABEL_SELECTOR);
    RestartRule rule =
        RestartRule.of(
            settings.get(Setting.RELOAD), labelSelector, settings.number(Setting.RELOAD_TIMEOUT));
    MetalLbPods pods =
        new MetalLbPods(shared.client(), shared.namespace(), labelSelector, shared.leadership());
    PodWatch watch = new PodWatch(pods, System::nanoTime);
    pods.recallFrom(() -> watch.known().filter(seen -> rule.markFor(seen).isEmpty()));
    beans.put("restart", new RestartSteps(rule));
    beans.put("metallbPods", pods);
    beans.put("podWatch", watch);
  }
}
