package io.github.metallbdyn6.management;

import static java.util.Map.entry;

import io.github.metallbdyn6.http.FreePort;
import io.github.metallbdyn6.http.HttpPort;
import io.github.metallbdyn6.http.Response;
import io.github.metallbdyn6.metrics.Metrics;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.status.Document;
import io.github.metallbdyn6.status.RouteViews;
import io.github.metallbdyn6.status.StatusJson;
import io.github.metallbdyn6.status.StatusPage;
import io.github.metallbdyn6.status.StatusView;
import io.github.metallbdyn6.status.StatusViews;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * The management port: status page, health and metrics, for everybody who can reach it. A document
 * has a thread of its own while it is rendered, so that none waits for another: the liveness probe
 * is answered while the readiness probe waits for the cluster.
 */
public final class ManagementServer extends ServiceSupport {
  private final Settings settings;
  private final CamelContext context;
  private final Journals journals;
  private final Metrics metrics;
  private final String version;
  private @Nullable ExecutorService threads;
  private @Nullable HttpPort port;

  /**
   * Prepares the port.
   *
   * @param context Camel, whose health and routes are shown
   * @param version the program's
   */
  public ManagementServer(
      Settings settings, CamelContext context, Journals journals, Metrics metrics, String version) {
    this.settings = settings;
    this.context = context;
    this.journals = journals;
    this.metrics = metrics;
    this.version = version;
  }

  /**
   * Finds out whether the port is free, before anything else is started.
   *
   * @throws IOException with a sentence for the user when it is not
   */
  public static void requireFreePort(Settings settings) throws IOException {
    if (isWanted(settings)) {
      FreePort.require(
          settings.get(Setting.MANAGEMENT_ADDRESS),
          settings.number(Setting.MANAGEMENT_PORT),
          "choose another METALLB_DYN6_MANAGEMENT_PORT, 0 for none");
    }
  }

  /** Tells whether there is to be a server. */
  public static boolean isWanted(Settings settings) {
    return settings.number(Setting.MANAGEMENT_PORT) != 0;
  }

  @Override
  protected void doStart() throws Exception {
    threads = context.getExecutorServiceManager().newCachedThreadPool(this, "management");
    port =
        HttpPort.open(
            "management",
            settings.get(Setting.MANAGEMENT_ADDRESS),
            settings.number(Setting.MANAGEMENT_PORT),
            new ManagementPages(documents(threads)));
  }

  private Map<String, Document> documents(ExecutorService renderers) {
    StatusViews views =
        new StatusViews(settings, version, journals::followers, journals.leadership());
    RouteViews routes = new RouteViews(context, settings);
    HealthReport health = new HealthReport(context);
    Supplier<StatusView> status =
        () -> views.of(journals.situations(), routes.all(), Instant.now());
    Function<String, String> page =
        pool -> StatusPage.of(views.of(pool, journals.situations(), routes.all(), Instant.now()));
    return Map.ofEntries(
        entry("/", new PageOfPool(page, journals, renderers)),
        entry(
            "/status", rendered("application/json", () -> StatusJson.of(status.get()), renderers)),
        entry("/status.css", Document.file("status.css", "text/css")),
        entry("/status.js", Document.file("status.js", "text/javascript")),
        entry("/favicon.svg", Document.file("favicon.svg", "image/svg+xml")),
        entry("/observe/health", Document.rendered(health::all, renderers)),
        entry("/observe/health/live", Document.rendered(health::live, renderers)),
        entry("/observe/health/ready", Document.rendered(health::ready, renderers)),
        entry("/observe/metrics", new MetricsDocument(metrics, renderers)));
  }

  private static Document rendered(String type, Supplier<String> text, ExecutorService renderers) {
    return Document.rendered(
        () -> Response.of(200, type + "; charset=utf-8", text.get()), renderers);
  }

  @Override
  protected void doStop() {
    if (port != null) {
      port.close();
    }
    if (threads != null) {
      context.getExecutorServiceManager().shutdownNow(threads);
    }
  }
}
