package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.management.ManagementServer;
import io.github.metallbdyn6.routing.RouteProblem;
import io.github.metallbdyn6.settings.Arguments;
import io.github.metallbdyn6.settings.Help;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From arguments and environment to a running program, or to a sentence that says why not. */
final class CommandLine {
  /** Exit status for what the user has to mend: a setting, a route, an argument. */
  private static final int USER_MISTAKE = 2;

  private final Shutdown shutdown;

  CommandLine(Shutdown shutdown) {
    this.shutdown = shutdown;
  }

  /** Runs the program, and returns its exit status. */
  int run(List<String> words, Map<String, String> environment) {
    Arguments arguments = Arguments.of(words);
    return switch (arguments.action()) {
      case HELP -> print(Help.text());
      case VERSION -> print("metallb-dyn6 %s%n".formatted(version()));
      default -> begin(arguments, environment);
    };
  }

  private static int print(String text) {
    System.out.print(text);
    return 0;
  }

  private int begin(Arguments arguments, Map<String, String> environment) {
    if (arguments.manifests().isPresent() && arguments.problems().isEmpty()) {
      return report(ManifestCheck.of(arguments.manifests().get()));
    }
    Settings settings = Settings.read(arguments, environment, System.getProperties());
    boolean isRelease = arguments.action() == Arguments.Action.RELEASE;
    Optional<String> complaint =
        isRelease
            ? Complaint.of(arguments, settings, settings.problems(ReleaseRun.SETTINGS))
            : Complaint.of(arguments, settings);
    if (complaint.isPresent()) {
      return arguments.action() == Arguments.Action.CHECK
          ? report(Check.of(arguments, settings))
          : refuse(complaint.get());
    }
    log(settings);
    return switch (arguments.action()) {
      case CHECK -> report(Check.of(arguments, settings));
      case RELEASE -> connect(settings, environment, release(settings, arguments.withoutRange()));
      default ->
          connect(settings, environment, (cluster, client) -> run(settings, cluster, client));
    };
  }

  /** A stop leaves something behind, and a Job has to begin again. */
  private ToIntBiFunction<Config, KubernetesClient> release(
      Settings settings, boolean withoutRange) {
    shutdown.failsWhenStopped();
    return (cluster, client) -> ReleaseRun.of(settings, client, withoutRange);
  }

  private static int report(Verdict verdict) {
    return verdict.isRight() ? print(verdict.text() + "%n".formatted()) : refuse(verdict.text());
  }

  /** Logback looks there before it looks at the environment; nothing has been logged so far. */
  private static void log(Settings settings) {
    for (Setting setting : List.of(Setting.LOG_LEVEL, Setting.LOG_FORMAT)) {
      System.setProperty(setting.variable(), settings.get(setting));
    }
  }

  private static int connect(
      Settings settings,
      Map<String, String> environment,
      ToIntBiFunction<Config, KubernetesClient> task) {
    Config cluster;
    KubernetesClient client;
    try {
      cluster = ClusterConnection.find(environment);
      client = ClusterConnection.open(cluster, settings.requestTimeout());
    } catch (IllegalStateException e) {
      return refuse(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      return refuse("KUBECONFIG cannot be used: " + StartProblem.explain(e));
    }
    try (client) {
      return task.applyAsInt(cluster, client);
    }
  }

  private int run(Settings settings, Config cluster, KubernetesClient client) {
    Application application = new Application(settings, client);
    announce(settings, cluster, application.strayFiles());
    shutdown.stops(application);
    try {
      application.run();
      return 0;
    } catch (Exception e) {
      List<RouteProblem> problems = application.checkRoutes().problems();
      return refuse(
          problems.isEmpty()
              ? "cannot start: " + StartProblem.explain(e)
              : Complaint.ofRoutes(problems));
    }
  }

  private static void announce(Settings settings, Config cluster, List<RouteProblem> strayFiles) {
    Logger log = LoggerFactory.getLogger("metallb-dyn6");
    log.info(
        "metallb-dyn6 {}: keeps IPAddressPool {}/{} on the prefix from source {}, host range {}, every {} s{}; cluster {}; transition {}, {}",
        version(),
        settings.get(Setting.METALLB_NAMESPACE),
        settings.get(Setting.METALLB_POOL),
        settings.get(Setting.SOURCE),
        settings.get(Setting.HOST_RANGE),
        settings.get(Setting.UPDATE_INTERVAL),
        settings.dryRun() ? ", dry run: nothing is changed" : "",
        cluster.getMasterUrl(),
        settings.get(Setting.TRANSITION),
        ManagementServer.isWanted(settings)
            ? "management port " + settings.get(Setting.MANAGEMENT_PORT)
            : "no management port");
    settings.hints().forEach(log::info);
    settings.ineffective().forEach(log::info);
    settings.notes().forEach(note -> log.warn("{}", note));
    settings.misspelled().forEach(note -> log.warn("{}", note));
    strayFiles.forEach(file -> log.warn("{}.", file));
  }

  private static int refuse(String problem) {
    System.err.println("metallb-dyn6: " + problem);
    return USER_MISTAKE;
  }

  static String version() {
    return Optional.ofNullable(Application.class.getPackage().getImplementationVersion())
        .orElse("(built from source)");
  }
}
