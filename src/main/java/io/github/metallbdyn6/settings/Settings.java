package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.pool.Transition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The values of all settings: argument, else environment variable, else system property, else
 * default.
 */
public final class Settings {
  static final String PREFIX = "METALLB_DYN6_";

  /** With every repetition, and none of them answered in time. */
  private static final int CALLS_IN_A_PASS = 20;

  private final Map<Setting, String> values;
  private final Arguments arguments;
  private final Map<String, String> environment;
  private final Properties system;

  private Settings(
      Map<Setting, String> values,
      Arguments arguments,
      Map<String, String> environment,
      Properties system) {
    this.values = values;
    this.arguments = arguments;
    this.environment = environment;
    this.system = system;
  }

  /** Reads all settings; an empty variable counts as not set. Nothing is checked yet. */
  public static Settings read(Map<String, String> environment, Properties system) {
    return read(Arguments.of(List.of()), environment, system);
  }

  /** Reads all settings; an empty value counts as not set. Nothing is checked yet. */
  public static Settings read(
      Arguments arguments, Map<String, String> environment, Properties system) {
    Properties defaults = defaults();
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value =
          firstText(
              arguments.given(setting).map(Arguments.Given::value).orElse(""),
              environment.get(setting.variable()),
              system.getProperty(setting.key()),
              setting == Setting.LOG_LEVEL ? rustLogLevel(environment).orElse("") : "",
              defaults.getProperty(setting.key()));
      values.put(setting, value);
    }
    return new Settings(values, arguments, Map.copyOf(environment), system);
  }

  private static Optional<String> rustLogLevel(Map<String, String> environment) {
    return RustLog.levelIn(environment.getOrDefault(RustLog.VARIABLE, ""));
  }

  private static String firstText(@Nullable String... candidates) {
    return Arrays.stream(candidates)
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** Returns the same settings but for one. */
  Settings with(Setting setting, String value) {
    Map<Setting, String> changed = new EnumMap<>(values);
    changed.put(setting, value);
    return new Settings(changed, arguments, environment, system);
  }

  /** Returns what is taken otherwise than it was set, a sentence for each. */
  public List<String> notes() {
    return new SettingsNotes(this).notes();
  }

  /** Returns what looks like a setting and is none, a sentence for each. */
  public List<String> misspelled() {
    return new UnusedSettings(this).misspelled();
  }

  /** Returns what is set without any effect, a sentence for each. */
  public List<String> ineffective() {
    return new UnusedSettings(this).ineffective();
  }

  /** Tells whether the user has set it. */
  boolean isSet(Setting setting) {
    return arguments.given(setting).isPresent()
        || !firstText(environment.get(setting.variable()), system.getProperty(setting.key()))
            .isEmpty();
  }

  /** Returns the names of all environment variables. */
  List<String> variables() {
    return environment.keySet().stream().sorted().toList();
  }

  /** Returns what is right, but works only in part, a sentence for each. */
  public List<String> hints() {
    return new SettingsNotes(this).hints();
  }

  /** Returns the default, or an empty text. */
  static String defaultOf(Setting setting) {
    return defaults().getProperty(setting.key(), "").strip();
  }

  private static Properties defaults() {
    Properties properties = new Properties();
    try (InputStream in = Settings.class.getResourceAsStream("/application.properties")) {
      properties.load(Objects.requireNonNull(in, "application.properties is part of the jar"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }

  /** Returns the value; an empty text when it is not set and has no default. */
  public String get(Setting setting) {
    return NormalValue.of(setting, values.getOrDefault(setting, ""));
  }

  /** Returns a value that a variable may have, to stand for one that is not known here. */
  public static String standIn(String variable, Path routes) {
    return Stream.concat(
            Arrays.stream(Setting.values())
                .filter(setting -> setting.variable().equals(variable))
                .map(Setting::example),
            RoutesFolder.parameters(routes, "*").stream()
                .filter(parameter -> parameter.variable().equals(variable))
                .map(SourceParameter::example))
        .findFirst()
        .orElse("secret");
  }

  /** Returns the value of a variable that is not a setting, such as a source's password. */
  public String variable(String name) {
    return firstText(environment.get(name));
  }

  /** Returns the value of a setting that is a whole number. */
  public int number(Setting setting) {
    return Integer.parseInt(get(setting));
  }

  /** Tells whether a setting that is true or false is true. */
  public boolean is(Setting setting) {
    return Boolean.parseBoolean(get(setting));
  }

  /** Tells whether nothing is to be changed. */
  public boolean dryRun() {
    return is(Setting.DRY_RUN);
  }

  /** Returns the names of the sources to ask, the preferred one first. */
  public List<String> sources() {
    return Arrays.stream(get(Setting.SOURCE).split(",", -1)).map(String::strip).toList();
  }

  /** Tells whether all sources are asked, and have to agree. */
  boolean mustAgree() {
    return "agree".equals(get(Setting.SOURCE_POLICY));
  }

  /** Returns how many sources have to say the same. */
  public int quorum() {
    return mustAgree() ? number(Setting.QUORUM) : 1;
  }

  /** Returns how long a source or the Kubernetes API may take. */
  public Duration requestTimeout() {
    return Duration.ofSeconds(number(Setting.REQUEST_TIMEOUT));
  }

  /**
   * Returns how long it may take from the end of one pass to the end of the next: three intervals,
   * the wait for MetalLB, and a time-out for each call and its repetitions.
   */
  public Duration longestPass() {
    return Duration.ofSeconds(3L * number(Setting.UPDATE_INTERVAL))
        .plusSeconds(number(Setting.RELOAD_TIMEOUT))
        .plus(requestTimeout().multipliedBy(CALLS_IN_A_PASS));
  }

  /** Returns how the pool gets to a new prefix. */
  public Transition transition() {
    return Transition.parse(get(Setting.TRANSITION));
  }

  /** Tells whether Events are wanted; a dry run writes nothing, and so none of them either. */
  public boolean wantsEvents() {
    return is(Setting.EVENTS) && !dryRun();
  }

  /**
   * Returns the values under the keys that the routes use. Camel itself finds what a source's own
   * variables are set to, but would take an empty one for a value.
   */
  public Properties asProperties() {
    Properties properties = new Properties();
    Path folder = Path.of(get(Setting.ROUTES));
    if (RoutesFolder.holdsRoutes(folder)) {
      RoutesFolder.parameters(folder, "*").stream()
          .filter(
              parameter ->
                  environment.containsKey(parameter.variable()) && get(parameter).isEmpty())
          .forEach(parameter -> properties.setProperty(parameter.key(), parameter.defaultValue()));
    }
    values.keySet().forEach(setting -> properties.setProperty(setting.key(), get(setting)));
    return properties;
  }

  /** Returns what the sources that are asked take. */
  List<SourceParameter> parameters() {
    Path folder = Path.of(get(Setting.ROUTES));
    return sources().stream()
        .flatMap(source -> RoutesFolder.parameters(folder, source).stream())
        .toList();
  }

  /** Returns what a source's parameter is set to; an empty text when it is not set. */
  String get(SourceParameter parameter) {
    return firstText(environment.get(parameter.variable()), system.getProperty(parameter.key()));
  }

  /** Checks everything and returns all that is wrong, in the settings' order. */
  public List<Problem> problems() {
    return new SettingsCheck(this).problems();
  }

  /** Returns the name under which the user has set it, or can. */
  String nameOf(Setting setting) {
    return arguments.given(setting).map(Arguments.Given::name).orElse(setting.variable());
  }

  /** Returns the value as the user wrote it. */
  String raw(Setting setting) {
    return values.getOrDefault(setting, "");
  }

  /**
   * Returns variables that look like settings but that nothing reads: a spelling mistake, most
   * likely.
   */
  public List<String> unknownVariables() {
    return new UnusedSettings(this).unknownVariables();
  }

  /** Returns the key under which the routes find the value of a variable. */
  static String keyOf(String variable) {
    return "metallb-dyn6."
        + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
