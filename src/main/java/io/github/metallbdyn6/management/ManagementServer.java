package io.github.metallbdyn6.management;

import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.Instant;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Camel's management server, with what of it everybody may see: health, metrics, status page. */
public final class ManagementServer {
  private ManagementServer() {}

  /** Returns Camel's own properties for the server; none when it is turned off. */
  public static Properties properties(Settings settings) {
    Properties properties = new Properties();
    if (isWanted(settings)) {
      properties.setProperty("camel.management.enabled", "true");
      properties.setProperty("camel.management.host", settings.get(Setting.MANAGEMENT_ADDRESS));
      properties.setProperty("camel.management.port", settings.get(Setting.MANAGEMENT_PORT));
      properties.setProperty("camel.management.healthCheckEnabled", "true");
      properties.setProperty("camel.management.metricsEnabled", "true");
      properties.setProperty("camel.metrics.enabled", "true");
      // These name every endpoint, and a source's may have a password in it; routes are enough.
      properties.setProperty("camel.metrics.enableExchangeEventNotifier", "false");
    }
    return properties;
  }

  /**
   * Returns what the servers run on: a few requests a minute need few threads, and a read-only file
   * system has no place for a cache. It is the caller's to close.
   */
  public static Vertx vertx() {
    return LimitedVertx.of(Vertx.vertx(options()));
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(
            new FileSystemOptions()
                .setFileCachingEnabled(false)
                .setClassPathResolvingEnabled(false));
  }

  /**
   * Finds out whether the port is free. The server itself would only log that it is not, and leave
   * a program that no probe can reach.
   *
   * @throws IOException with a sentence for the user when it is not
   */
  public static void requireFreePort(Settings settings) throws IOException {
    if (isWanted(settings)) {
      FreePort.require(settings.get(Setting.MANAGEMENT_ADDRESS), settings, Setting.MANAGEMENT_PORT);
    }
  }

  /**
   * Adds the status page to the running server.
   *
   * @param context Camel, started
   * @param version the program's
   */
  public static void addStatusPage(
      CamelContext context, Settings settings, Journal journal, String version) {
    if (!isWanted(settings)) {
      return;
    }
    Router router =
        VertxPlatformHttpRouter.lookup(
            context,
            VertxPlatformHttpRouter.getRouterNameFromPort(
                settings.number(Setting.MANAGEMENT_PORT)));
    StatusViews views = new StatusViews(settings, version);
    RouteViews routes = new RouteViews(context);
    StatusRoutes.add(router, () -> views.of(journal.situation(), routes.all(), Instant.now()));
  }

  /** Tells whether there is to be a server. */
  public static boolean isWanted(Settings settings) {
    return settings.number(Setting.MANAGEMENT_PORT) != 0;
  }
}
