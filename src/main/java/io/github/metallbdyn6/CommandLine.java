package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.routing.RouteCheck;
import io.github.metallbdyn6.routing.RouteProblem;
import io.github.metallbdyn6.settings.Arguments;
import io.github.metallbdyn6.settings.Help;
import io.github.metallbdyn6.settings.Problem;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Settings settings = Settings.read(arguments, environment, System.getProperties());
    List<String> problems =
        Stream.concat(
                arguments.problems().stream().map(problem -> "  " + problem),
                settings.problems().stream().map(Problem::toString))
            .toList();
    if (!problems.isEmpty()) {
      return refuse(describe(problems, !arguments.problems().isEmpty()));
    }
    log(settings);
    return arguments.action() == Arguments.Action.CHECK
        ? check(settings)
        : connect(settings, environment);
  }

  /** Logback looks there before it looks at the environment; nothing has been logged so far. */
  private static void log(Settings settings) {
    for (Setting setting : List.of(Setting.LOG_LEVEL, Setting.LOG_FORMAT)) {
      System.setProperty(setting.variable(), settings.get(setting));
    }
  }

  /** The client is never used: nothing is started. */
  private static int check(Settings settings) {
    try (KubernetesClient nowhere =
        ClusterConnection.open(Config.empty(), settings.requestTimeout())) {
      RouteCheck.Outcome outcome = new Application(settings, nowhere).checkRoutes();
      if (!outcome.problems().isEmpty()) {
        return refuse(describeRoutes(outcome.problems()));
      }
      settings.hints().forEach(System.out::println);
      settings.notes().forEach(System.out::println);
      System.out.printf("settings and %d routes are fine%n", outcome.routes());
      return 0;
    }
  }

  private int connect(Settings settings, Map<String, String> environment) {
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
      announce(settings, cluster);
      return runUntilStopped(new Application(settings, client));
    }
  }

  private int runUntilStopped(Application application) {
    shutdown.stops(application);
    try {
      application.run();
      return 0;
    } catch (Exception e) {
      List<RouteProblem> problems = application.checkRoutes().problems();
      return refuse(
          problems.isEmpty()
              ? "cannot start: " + StartProblem.explain(e)
              : describeRoutes(problems));
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
        settings.dryRun() ? ", dry run: nothing is changed" : "",
        cluster.getMasterUrl());
    settings.hints().forEach(log::info);
    settings.notes().forEach(note -> log.warn("{}", note));
  }

  private static String describe(List<String> problems, boolean arguments) {
    String what = arguments ? "argument" : "setting";
    String all = arguments ? "arguments or settings" : "settings";
    String count =
        problems.size() == 1
            ? (arguments ? "an " : "a ") + what + " is wrong"
            : "%d %s are wrong".formatted(problems.size(), all);
    return problems.stream()
        .collect(
            Collectors.joining(
                "%n%n".formatted(), "%s:%n%n".formatted(count), "%n%nSee --help.".formatted()));
  }

  private static String describeRoutes(List<RouteProblem> problems) {
    return problems.stream()
        .map(problem -> "  " + problem)
        .collect(
            Collectors.joining(
                "%n".formatted(), "the routes cannot be started:%n%n".formatted(), ""));
  }

  private static int refuse(String problem) {
    System.err.println("metallb-dyn6: " + problem);
    return USER_MISTAKE;
  }

  /** Returns the jar's version. */
  static String version() {
    return Optional.ofNullable(Application.class.getPackage().getImplementationVersion())
        .orElse("(built from source)");
  }
}
