package io.github.metallbdyn6.management;

import io.github.metallbdyn6.http.FreePort;
import io.github.metallbdyn6.routing.RouteCheck;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.spi.CliConnectorFactory;

/**
 * Camel's developer console, with Jolokia for Hawtio, and the connection for the {@code camel} CLI.
 * Everybody who reaches them can read settings, stop routes and send messages: they are off by
 * default, and the console has a server of its own that listens on loopback, whatever else listens
 * elsewhere.
 */
public final class Console {
  private static final String LOOPBACK = "127.0.0.1";

  /** With the guard before everything else, from the first moment. */
  private static final class Guarded extends ManagementHttpServer {
    @Override
    protected void setupConsoles() {
      getRouter().route().handler(new OwnPagesOnly());
      super.setupConsoles();
    }
  }

  private Console() {}

  /** Returns Camel's own properties; tracing waits until somebody turns it on in the console. */
  public static Properties properties(Settings settings) {
    Properties properties = new Properties();
    if (isWanted(settings)) {
      properties.setProperty("camel.main.devConsoleEnabled", "true");
      properties.setProperty("camel.trace.standby", "true");
      properties.setProperty("camel.main.messageHistory", "true");
      // Without any, two of camel-kubernetes' consoles fail, and the CLI sees nothing at all.
      properties.setProperty("camel.vault.kubernetes.secrets", "none");
      properties.setProperty("camel.vault.kubernetescm.configmaps", "none");
    }
    return properties;
  }

  /** Returns what decides whether the CLI can connect; without it, Camel would let it. */
  public static CliConnectorFactory cli(Settings settings) {
    CliConnectorFactory factory = RouteCheck.withoutCli();
    factory.setEnabled(isWanted(settings));
    return factory;
  }

  /**
   * Finds out whether the port is free.
   *
   * @throws IOException with a sentence for the user when it is not
   */
  public static void requireFreePort(Settings settings) throws IOException {
    if (isWanted(settings)) {
      FreePort.require(
          LOOPBACK,
          settings.number(Setting.CONSOLE_PORT),
          "choose another METALLB_DYN6_CONSOLE_PORT, 0 for none");
    }
  }

  /**
   * Opens the console.
   *
   * @throws Exception when Camel cannot start it
   */
  public static void open(Settings settings, CamelContext context) throws Exception {
    if (!isWanted(settings)) {
      return;
    }
    ManagementHttpServer server = new Guarded();
    server.setCamelContext(context);
    server.setHost(LOOPBACK);
    server.setPort(settings.number(Setting.CONSOLE_PORT));
    server.setPath("/");
    server.setDevConsoleEnabled(true);
    server.setJolokiaEnabled(true);
    server.setJolokiaPath("/observe/jolokia");
    context.addService(server, true, true);
  }

  /**
   * Returns what the console's server runs on: a request now and then needs few threads, and a
   * read-only file system has no place for a cache. It is the caller's to close.
   */
  public static Vertx vertx() {
    // Netty's short cuts save nothing here, and newer JVMs warn of each.
    System.setProperty("io.netty.noUnsafe", "true");
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  /** Tells whether there is to be a console. */
  public static boolean isWanted(Settings settings) {
    return settings.number(Setting.CONSOLE_PORT) != 0;
  }
}
