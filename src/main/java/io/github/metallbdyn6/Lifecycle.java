package io.github.metallbdyn6;

import io.github.metallbdyn6.kubernetes.AnnotatedPools;
import io.github.metallbdyn6.kubernetes.LeaderElection;
import io.github.metallbdyn6.kubernetes.PodWatch;
import io.github.metallbdyn6.kubernetes.ServiceWatch;
import io.github.metallbdyn6.management.Console;
import io.github.metallbdyn6.management.LazyMBeans;
import io.github.metallbdyn6.management.ManagementServer;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.report.EventRecorder;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.ServiceEventRecorder;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.routing.Placeholders;
import io.github.metallbdyn6.routing.ThreadsThatStop;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.telling.Followers;
import io.vertx.core.Vertx;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts and stops what runs beside the routes: it begins the passes, and shows what they do. */
final class Lifecycle extends MainListenerSupport {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Settings settings;
  private @Nullable Vertx vertx;

  Lifecycle(Settings settings) {
    this.settings = settings;
  }

  /** The console's server looks for this by its name. */
  @Override
  public void beforeConfigure(BaseMainSupport main) {
    Placeholders.preferSettings(main.getCamelContext());
    LazyMBeans.useIn(main.getCamelContext());
    if (Console.isWanted(settings)) {
      vertx = Console.vertx();
      main.getCamelContext().getRegistry().bind("vertx", vertx);
    }
  }

  @Override
  public void afterConfigure(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    Stream.of("passHealth", "attentionHealth", "pulse", "clusterHealth")
        .map(name -> context.getRegistry().lookupByName(name))
        .forEach(health::register);
    need(() -> context.addService(bean(context, "eventRecorder", EventRecorder.class)));
    need(
        () ->
            context.addService(bean(context, "serviceEventRecorder", ServiceEventRecorder.class)));
    need(() -> context.addService(bean(context, "serviceWatch", ServiceWatch.class)));
    bean(context, "passes", Passes.class).runIn(context);
    KeptPools pools = bean(context, "keptPools", KeptPools.class);
    pools.runIn(context);
    watch(pools, context);
    if (!settings.followers().isEmpty()) {
      bean(context, "followers", Followers.class)
          .runIn(context, ThreadsThatStop.scheduled("follower-timer", context));
    }
    if (!settings.get(Setting.RELOAD).equals("never")) {
      need(() -> context.addService(bean(context, "podWatch", PodWatch.class).watch()));
    }
    if (ManagementServer.isWanted(settings)) {
      need(() -> openManagementPort(context));
    }
  }

  /** One watch tells of all pools of a namespace; a pool that is named has its own. */
  private void watch(KeptPools pools, CamelContext context) {
    if (settings.keepsAnnotatedPools()) {
      need(() -> context.addService(bean(context, "annotatedPools", AnnotatedPools.class).watch()));
    }
    for (KeptPool pool : pools.all()) {
      need(() -> context.addService(pool.listener.watch()));
    }
  }

  /** It listens from Camel's start on, before the first pass. */
  private void openManagementPort(CamelContext context) throws Exception {
    Metrics metrics = bean(context, "metrics", Metrics.class);
    Journals journals = bean(context, "journal", Journals.class);
    metrics.measure(context);
    context.addService(
        new ManagementServer(settings, context, journals, metrics, CommandLine.version()));
  }

  @Override
  public void afterStop(BaseMainSupport main) {
    LOG.info("Stopped: the pool stays as it is, and the next start goes on from there.");
    if (vertx != null) {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  @Override
  public void afterStart(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    bean(context, "poolMBeans", PoolMBeans.class)
        .showIn(context, bean(context, "keptPools", KeptPools.class).all());
    need(() -> Console.open(settings, context));
    if (settings.electsLeader()) { // not earlier: routes that do not start are to lead nothing
      need(() -> context.addService(bean(context, "leaderElection", LeaderElection.class)));
    }
  }

  private static <T> T bean(CamelContext context, String name, Class<T> type) {
    return context.getRegistry().lookupByNameAndType(name, type);
  }

  /** Something that Camel's API declares to fail with anything. */
  private interface Step {
    void take() throws Exception;
  }

  /** Lets the start fail, as a listener otherwise cannot. */
  private static void need(Step step) {
    try {
      step.take();
    } catch (Exception e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }
}
