package io.github.metallbdyn6;

import io.github.metallbdyn6.kubernetes.PoolWatch;
import io.github.metallbdyn6.kubernetes.ServiceWatch;
import io.github.metallbdyn6.management.Console;
import io.github.metallbdyn6.management.ManagementServer;
import io.github.metallbdyn6.management.ProgramMBean;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.report.EventRecorder;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.ServiceEventRecorder;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.routing.Placeholders;
import io.github.metallbdyn6.routing.ServicePlacement;
import io.github.metallbdyn6.settings.Settings;
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
    ServicePlacement placements = bean(context, "placements", ServicePlacement.class);
    placements.runIn(context);
    need(() -> context.addService(placements));
    need(() -> context.addService(bean(context, "poolWatch", PoolWatch.class)));
    if (ManagementServer.isWanted(settings)) {
      need(() -> openManagementPort(context));
    }
  }

  /** It listens from Camel's start on, before the first pass. */
  private void openManagementPort(CamelContext context) throws Exception {
    Metrics metrics = bean(context, "metrics", Metrics.class);
    Journal journal = bean(context, "journal", Journal.class);
    metrics.measure(context);
    context.addService(
        new ManagementServer(settings, context, journal, metrics, CommandLine.version()));
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
    need(() -> bean(context, "programMBean", ProgramMBean.class).showIn(context));
    need(() -> Console.open(settings, context));
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
