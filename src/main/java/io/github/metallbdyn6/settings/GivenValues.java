package io.github.metallbdyn6.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Values that the user has set: by an argument, else by an environment variable, else by a system
 * property. An empty value counts as not set, and is an empty text here.
 */
record GivenValues(Arguments arguments, Map<String, String> environment, Properties system) {
  GivenValues {
    environment = Map.copyOf(environment);
  }

  String of(Setting setting) {
    return firstText(
        arguments.given(setting).map(Arguments.Given::value).orElse(""),
        environment.get(setting.variable()),
        system.getProperty(setting.key()),
        setting == Setting.LOG_LEVEL ? rustLogLevel() : "");
  }

  private String rustLogLevel() {
    return RustLog.levelIn(environment.getOrDefault(RustLog.VARIABLE, "")).orElse("");
  }

  String of(SourceParameter parameter) {
    return firstText(environment.get(parameter.variable()), system.getProperty(parameter.key()));
  }

  /** Returns the value of a variable that is not a setting, such as a source's password. */
  String of(String variable) {
    return firstText(environment.get(variable));
  }

  /** Tells whether the user has set it under one of its own names. */
  boolean has(Setting setting) {
    return arguments.given(setting).isPresent()
        || !firstText(environment.get(setting.variable()), system.getProperty(setting.key()))
            .isEmpty();
  }

  /** Tells whether a source's variable is there, and empty. */
  boolean isEmptied(SourceParameter parameter) {
    return environment.containsKey(parameter.variable()) && of(parameter).isEmpty();
  }

  /** Returns the name under which the user has set it, or can. */
  String nameOf(Setting setting) {
    return arguments.given(setting).map(Arguments.Given::name).orElse(setting.variable());
  }

  List<String> variables() {
    return environment.keySet().stream().sorted().toList();
  }

  private static String firstText(@Nullable String... candidates) {
    return Arrays.stream(candidates)
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}
