package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.management.Console;
import io.github.metallbdyn6.management.ManagementServer;
import io.github.metallbdyn6.routing.RouteCheck;
import io.github.metallbdyn6.routing.RouteFiles;
import io.github.metallbdyn6.routing.RouteProblem;
import io.github.metallbdyn6.routing.RouteStart;
import io.github.metallbdyn6.routing.StrayFiles;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;

/** Camel on the routes, from start to stop. */
public final class Application {
  private final Main camel = new Main();
  private final Settings settings;
  private final Path routes;
  private final RouteCheck check;

  /**
   * Prepares the program.
   *
   * @param settings without problems
   * @param client the cluster; it stays the caller's to close
   */
  public Application(Settings settings, KubernetesClient client) {
    this.settings = settings;
    Properties properties = settings.asProperties();
    properties.putAll(Console.properties(settings));
    camel.setOverrideProperties(properties);
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy()); // without its own signal handling
    RouteBeans.of(settings, client).forEach(camel::bind);
    routes = Path.of(settings.get(Setting.ROUTES));
    check = new RouteCheck(settings.asProperties(), () -> RouteBeans.of(settings, client));
    boolean watched = settings.is(Setting.RELOAD_ROUTES);
    camel.addMainListener(new Lifecycle(settings));
    camel.addMainListener(new RouteStart(this::chosenRoutes, check, this::strayFiles, watched));
  }

  /** Runs the program as its command line and environment say, and exits. */
  public static void main(String[] arguments) {
    Shutdown shutdown = Shutdown.install();
    int status = new CommandLine(shutdown).run(List.of(arguments), System.getenv());
    shutdown.exit(status);
  }

  /** Tries out the routes without starting anything, and without the cluster. */
  RouteCheck.Outcome checkRoutes() {
    RouteFiles files = RouteFiles.read(routes);
    return check.check(files.withSources(files.sources()).withFollowers(settings.followers()));
  }

  /** Returns files with routes that are not read. */
  List<RouteProblem> strayFiles() {
    return StrayFiles.in(routes);
  }

  private RouteFiles chosenRoutes() {
    return RouteFiles.read(routes)
        .withSources(settings.sources())
        .withFollowers(settings.followers());
  }

  /**
   * Runs until {@link #stop}.
   *
   * @throws Exception when the routes cannot be started
   */
  public void run() throws Exception {
    ManagementServer.requireFreePort(settings);
    Console.requireFreePort(settings);
    camel.run();
  }

  /** Lets the running step finish, begins no other, and makes {@link #run} return. */
  public void stop() {
    camel.completed();
  }
}
