package io.github.metallbdyn6;

import io.github.metallbdyn6.routing.RouteProblem;
import io.github.metallbdyn6.settings.Arguments;
import io.github.metallbdyn6.settings.Problem;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The faults of settings and routes, as sections of a text. */
final class Complaint {
  /** Begins the list of settings that nobody reads. */
  static final String CHANGES_NOTHING = "settings that change nothing";

  private static final String LINE = "%n".formatted();

  private Complaint() {}

  /** Tells what is wrong with arguments and settings; nothing where they can be right. */
  static Optional<String> of(Arguments arguments, Settings settings) {
    return of(arguments, settings, settings.problems());
  }

  /** Tells the same of some settings. */
  static Optional<String> of(Arguments arguments, Settings settings, List<Problem> wrong) {
    List<String> problems =
        Stream.concat(
                arguments.problems().stream().map(problem -> "  " + problem),
                wrong.stream().map(Problem::toString))
            .toList();
    return problems.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s%s%n%nSee --help."
                .formatted(
                    describe(problems, !arguments.problems().isEmpty()), misspelled(settings)));
  }

  /** A setting that is not set may be misspelled. Without routes nobody knows which they read. */
  private static String misspelled(Settings settings) {
    boolean routesKnown = settings.problems(List.of(Setting.ROUTES)).isEmpty();
    List<String> names = routesKnown ? settings.misspelled() : List.of();
    return names.isEmpty() ? "" : LINE + LINE + section(CHANGES_NOTHING, names);
  }

  private static String describe(List<String> problems, boolean arguments) {
    String what = arguments ? "argument" : "setting";
    String all = arguments ? "arguments or settings" : "settings";
    String count =
        problems.size() == 1
            ? (arguments ? "an " : "a ") + what + " is wrong"
            : "%d %s are wrong".formatted(problems.size(), all);
    return problems.stream()
        .collect(Collectors.joining(LINE + LINE, "%s:%n%n".formatted(count), ""));
  }

  /** Tells why routes cannot be started. */
  static String ofRoutes(List<RouteProblem> problems) {
    return section("the routes cannot be started", problems);
  }

  /** Tells the same kind of problem of each. */
  static String section(String title, List<?> problems) {
    return problems.stream()
        .map(problem -> "  " + problem)
        .collect(Collectors.joining(LINE, "%s:%n%n".formatted(title), ""));
  }
}
