package io.github.metallbdyn6;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.github.metallbdyn6.kubernetes.ClusterConnection;
import io.github.metallbdyn6.routing.RouteCheck;
import io.github.metallbdyn6.routing.RouteProblem;
import io.github.metallbdyn6.settings.Arguments;
import io.github.metallbdyn6.settings.Correction;
import io.github.metallbdyn6.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether settings and routes are right. Stricter than the start: what the program would only warn
 * of is a mistake here, where somebody is there to mend it.
 */
final class Check {
  private static final String BETWEEN = "%n%n".formatted();

  private Check() {}

  static Verdict of(Arguments arguments, Settings settings) {
    return Complaint.of(arguments, settings)
        .map(text -> new Verdict(false, text + besides(settings)))
        .orElseGet(() -> of(settings));
  }

  private static Verdict of(Settings settings) {
    RouteFaults faults = RouteFaults.of(settings);
    List<String> sections = new ArrayList<>();
    add(Complaint.CHANGES_NOTHING, unused(settings), sections);
    sections.addAll(faults.sections());
    return sections.isEmpty()
        ? new Verdict(true, praise(settings, faults.outcome()))
        : new Verdict(false, String.join(BETWEEN, sections));
  }

  /** A user who corrects the settings is not to hear only then that the routes are wrong, too. */
  private static String besides(Settings wrong) {
    return Correction.of(wrong)
        .map(RouteFaults::of)
        .map(RouteFaults::sections)
        .orElse(List.of())
        .stream()
        .map(section -> BETWEEN + section)
        .collect(Collectors.joining());
  }

  /** The faults of the routes folder. The client is never used: nothing is started. */
  private record RouteFaults(RouteCheck.Outcome outcome, List<RouteProblem> strayFiles) {
    static RouteFaults of(Settings settings) {
      try (KubernetesClient nowhere =
          ClusterConnection.open(Config.empty(), settings.requestTimeout())) {
        Application application = new Application(settings, nowhere);
        return new RouteFaults(application.checkRoutes(), application.strayFiles());
      }
    }

    List<String> sections() {
      List<String> sections = new ArrayList<>();
      add("files that do not count", strayFiles, sections);
      add("the routes cannot be started", outcome.problems(), sections);
      return sections;
    }
  }

  private static List<String> unused(Settings settings) {
    return Stream.concat(settings.misspelled().stream(), settings.ineffective().stream()).toList();
  }

  private static void add(String title, List<?> problems, List<String> sections) {
    if (!problems.isEmpty()) {
      sections.add(Complaint.section(title, problems));
    }
  }

  private static String praise(Settings settings, RouteCheck.Outcome outcome) {
    return Stream.of(
            settings.hints().stream(),
            settings.notes().stream(),
            outcome.notes().stream(),
            Stream.of("settings and %d routes are fine".formatted(outcome.routes())))
        .flatMap(lines -> lines)
        .map(Object::toString)
        .collect(Collectors.joining("%n".formatted()));
  }
}
