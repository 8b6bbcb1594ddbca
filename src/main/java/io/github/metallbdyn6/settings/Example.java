package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.text.Misspelling;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An example for a value that was refused: one that would be right among the other settings, and as
 * near as possible to what was written.
 */
public final class Example {
  private static final String FIRST_SUBNET = "::";

  private final Settings settings;

  Example(Settings settings) {
    this.settings = settings;
  }

  /** Returns a value to put in the place of the wrong one; nothing where no value would do. */
  Optional<String> of(Setting setting) {
    String refused = settings.get(setting);
    return candidates(setting, refused)
        .filter(it -> !it.isEmpty() && !it.equals(refused))
        .filter(it -> isAFile(setting) || isRight(setting, it))
        .findFirst();
  }

  /** Returns a value that a variable may have, to stand for one that is not known here. */
  public static String standIn(String variable, Path routes) {
    return Stream.concat(
            Arrays.stream(Setting.values())
                .filter(setting -> setting.variable().equals(variable))
                .map(Setting::example),
            RoutesFolder.allParameters(routes)
                .filter(parameter -> parameter.variable().equals(variable))
                .map(SourceParameter::example))
        .findFirst()
        .orElse("secret");
  }

  private Stream<String> candidates(Setting setting, String refused) {
    String bare = Quotes.takenFrom(refused);
    return Stream.of(
            meant(setting, bare),
            Stream.of(isAFile(setting) ? "" : bare, setting.example()),
            setting == Setting.SUBNET_OVERRIDE ? Stream.of(FIRST_SUBNET) : Stream.<String>of(),
            Stream.of(Defaults.of(setting)))
        .flatMap(it -> it);
  }

  /** Whether something is there is another question than how it is written. */
  private static boolean isAFile(Setting setting) {
    return setting == Setting.CA_FILE || setting == Setting.ROUTES;
  }

  private boolean isRight(Setting setting, String value) {
    return new SettingsCheck(settings.with(setting, value)).anyProblemOf(setting).isEmpty();
  }

  private Stream<String> meant(Setting setting, String value) {
    if (setting == Setting.SOURCE) {
      return Stream.of(sourcesMeant(value));
    }
    List<String> words = List.of(setting.unit().split(", | or "));
    return words.size() > 1 ? Misspelling.nearest(value, words).stream() : Stream.of();
  }

  private String sourcesMeant(String value) {
    Path folder = Path.of(settings.get(Setting.ROUTES));
    if (!RoutesFolder.holdsRoutes(folder)) {
      return "";
    }
    List<String> known = RoutesFolder.sources(folder);
    return Arrays.stream(value.split("[,;\\s]+"))
        .flatMap(name -> Misspelling.meant(name, known).stream())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
