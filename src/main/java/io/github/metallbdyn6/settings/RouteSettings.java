package io.github.metallbdyn6.settings;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The settings that the routes read, by the parameters that their files describe. */
final class RouteSettings {
  private final Settings settings;
  private final Path folder;

  RouteSettings(Settings settings) {
    this.settings = settings;
    this.folder = Path.of(settings.get(Setting.ROUTES));
  }

  /**
   * Returns the values under the keys that the routes use. Camel itself finds what a source's own
   * variables are set to, but would take an empty one for a value.
   */
  Properties asProperties() {
    Properties properties = new Properties();
    if (RoutesFolder.holdsRoutes(folder)) {
      RoutesFolder.allParameters(folder)
          .filter(settings.given()::isEmptied)
          .forEach(parameter -> properties.setProperty(parameter.key(), parameter.defaultValue()));
    }
    for (Setting setting : Setting.values()) {
      properties.setProperty(setting.key(), settings.get(setting));
    }
    return properties;
  }

  /** Returns what the sources that are asked take, and the followers that are chosen. */
  List<SourceParameter> parameters() {
    return Stream.concat(
            settings.sources().stream().flatMap(it -> RoutesFolder.parameters(folder, it).stream()),
            settings.followers().stream()
                .flatMap(it -> RoutesFolder.followerParameters(folder, it).stream()))
        .toList();
  }
}
