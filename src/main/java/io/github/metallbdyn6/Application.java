package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.settings.Help;
import io.github.metallbdyn6.settings.Problem;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;
import org.apache.camel.main.SimpleMainShutdownStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts Camel on the routes, and nothing else. */
public final class Application {

  /** Exit status for what the user has to mend: a setting, a route, an argument. */
  static final int USER_MISTAKE = 2;

  /** Longer than Camel's own shutdown time-out, shorter than Kubernetes' 30 s of grace. */
  private static final int STOP_SECONDS = 10;

  private final Main camel = new Main();
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Prepares the program.
   *
   * @param settings without problems
   * @param client the cluster; it stays the caller's to close
   */
  public Application(Settings settings, KubernetesClient client) {
    camel.setOverrideProperties(settings.asProperties());
    camel
        .configure()
        .withRoutesIncludePattern("file:" + settings.get(Setting.ROUTES) + "/*.camel.yaml");
    camel.setShutdownStrategy(new SimpleMainShutdownStrategy()); // without its own signal handling
    RouteBeans.of(settings, client).forEach(camel::bind);
  }

  /** Runs the program as its command line and environment say, and exits. */
  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments), System.getenv()));
  }

  private static int run(List<String> arguments, Map<String, String> environment) {
    if (arguments.contains("--help") || arguments.contains("-h")) {
      System.out.print(Help.text());
      return 0;
    }
    if (arguments.contains("--version")) {
      System.out.println("metallb-dyn6 " + version());
      return 0;
    }
    if (!arguments.isEmpty()) {
      return refuse("unknown argument: %s; try --help".formatted(String.join(" ", arguments)));
    }
    Settings settings = Settings.read(environment, System.getProperties());
    List<Problem> problems = settings.problems();
    if (!problems.isEmpty()) {
      return refuse(describe(problems));
    }
    return runUntilStopped(settings, environment);
  }

  private static int runUntilStopped(Settings settings, Map<String, String> environment) {
    Config cluster;
    try {
      cluster = ClusterConnection.find(environment);
    } catch (IllegalStateException e) {
      return refuse(String.valueOf(e.getMessage()));
    }
    announce(settings, cluster);
    try (KubernetesClient client = ClusterConnection.open(cluster, settings.requestTimeout())) {
      Application application = new Application(settings, client);
      Runtime.getRuntime().addShutdownHook(new Thread(application::stopAndHalt, "stop"));
      return application.run();
    }
  }

  private static void announce(Settings settings, Config cluster) {
    Logger log = LoggerFactory.getLogger("metallb-dyn6");
    log.info(
        "metallb-dyn6 {}: keeps IPAddressPool {}/{} on the prefix from source {}, host range {}, every {} s{}; cluster {}",
        version(),
        settings.get(Setting.METALLB_NAMESPACE),
        settings.get(Setting.METALLB_POOL),
        settings.get(Setting.SOURCE),
        settings.get(Setting.HOST_RANGE),
        settings.get(Setting.UPDATE_INTERVAL),
        settings.get(Setting.DRY_RUN).equals("true") ? ", dry run: nothing is changed" : "",
        cluster.getMasterUrl());
    settings
        .unknownVariables()
        .forEach(name -> log.warn("{} is not a setting, and no route uses it; see --help", name));
  }

  /** Runs until {@link #stop}; returns the exit status. */
  public int run() {
    try {
      camel.run();
      return camel.getExitCode();
    } catch (Exception e) {
      return refuse("the routes cannot be started: " + RouteProblem.explain(e));
    } finally {
      stopped.countDown();
    }
  }

  /** Lets the running step finish, begins no other, and makes {@link #run} return. */
  public void stop() {
    camel.completed();
  }

  /** A stop that was asked for is no failure; without this the JVM would report SIGTERM as one. */
  private void stopAndHalt() {
    if (stopped.getCount() == 0) {
      return;
    }
    stop();
    try {
      boolean clean = stopped.await(STOP_SECONDS, TimeUnit.SECONDS);
      Runtime.getRuntime().halt(clean ? 0 : 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String describe(List<Problem> problems) {
    StringBuilder text =
        new StringBuilder(
            problems.size() == 1
                ? "a setting is wrong:"
                : problems.size() + " settings are wrong:");
    problems.forEach(problem -> text.append("%n%n".formatted()).append(problem));
    return text.append("%n%nSee --help.".formatted()).toString();
  }

  private static int refuse(String problem) {
    System.err.println("metallb-dyn6: " + problem);
    return USER_MISTAKE;
  }

  private static String version() {
    return Optional.ofNullable(Application.class.getPackage().getImplementationVersion())
        .orElse("(built from source)");
  }
}
