package io.github.metallbdyn6.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** The values of settings that the user does not set, from {@code application.properties}. */
final class Defaults {
  private static final Properties ALL = read();

  private Defaults() {}

  /** Returns an empty text where there is no default. */
  static String of(Setting setting) {
    return ALL.getProperty(setting.key(), "").strip();
  }

  private static Properties read() {
    Properties properties = new Properties();
    try (InputStream in = Defaults.class.getResourceAsStream("/application.properties")) {
      properties.load(Objects.requireNonNull(in, "application.properties is part of the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
