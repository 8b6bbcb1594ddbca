package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.ipv6.SubnetId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The values of all settings: environment variable, else system property, else default. */
public final class Settings {
  private static final String PREFIX = "METALLB_DYN6_";

  /** With every repetition, and none of them answered in time. */
  private static final int CALLS_IN_A_PASS = 20;

  private final Map<Setting, String> values;
  private final Map<String, String> environment;

  private Settings(Map<Setting, String> values, Map<String, String> environment) {
    this.values = values;
    this.environment = environment;
  }

  /** Reads all settings; an empty variable counts as not set. Nothing is checked yet. */
  public static Settings read(Map<String, String> environment, Properties system) {
    Properties defaults = defaults();
    Map<Setting, String> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String value =
          firstText(
              environment.get(setting.variable()),
              system.getProperty(setting.key()),
              defaults.getProperty(setting.key()));
      values.put(setting, value);
    }
    return new Settings(values, Map.copyOf(environment));
  }

  private static String firstText(@Nullable String... candidates) {
    return Arrays.stream(candidates)
        .filter(Objects::nonNull)
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  /** True, TRUE and true are one: the predecessor's users wrote all three. */
  private static String normal(Setting setting, String value) {
    return switch (setting) {
      case DRY_RUN, EVENTS, REQUIRE_GLOBAL, RELOAD, RELOAD_ROUTES -> value.toLowerCase(Locale.ROOT);
      default -> value;
    };
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
    return normal(setting, values.getOrDefault(setting, ""));
  }

  /** Returns the value of a setting that is a whole number. */
  public int number(Setting setting) {
    return Integer.parseInt(get(setting));
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

  /** Tells whether Events are wanted; a dry run writes nothing, and so none of them either. */
  public boolean wantsEvents() {
    return Boolean.parseBoolean(get(Setting.EVENTS)) && !Boolean.parseBoolean(get(Setting.DRY_RUN));
  }

  /** Returns the values under the keys that the routes use. */
  public Properties asProperties() {
    Properties properties = new Properties();
    values.keySet().forEach(setting -> properties.setProperty(setting.key(), get(setting)));
    return properties;
  }

  /** Checks everything and returns all that is wrong, in the settings' order. */
  public List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      problemOf(setting)
          .or(() -> problemWithOthers(setting))
          .ifPresent(wrong -> problems.add(problem(setting, wrong)));
    }
    return problems;
  }

  private Optional<String> problemOf(Setting setting) {
    String value = get(setting);
    if (value.isEmpty()) {
      return setting == Setting.METALLB_POOL || setting == Setting.HOST_RANGE
          ? Optional.of("it is required: " + setting.meaning())
          : missingPartner(setting);
    }
    try {
      setting.check(value);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The override needs the length to know where it begins; the length alone would do nothing. */
  private Optional<String> missingPartner(Setting setting) {
    boolean partnerSet =
        switch (setting) {
          case PREFIX_LENGTH -> !get(Setting.SUBNET_OVERRIDE).isEmpty();
          case SUBNET_OVERRIDE -> !get(Setting.PREFIX_LENGTH).isEmpty();
          default -> false;
        };
    return partnerSet
        ? Optional.of("PREFIX_LENGTH and SUBNET_OVERRIDE go only together: set both or none")
        : Optional.empty();
  }

  /** What is right by itself may still not fit another setting. */
  private Optional<String> problemWithOthers(Setting setting) {
    return switch (setting) {
      case SOURCE -> missingSource();
      case SUBNET_OVERRIDE -> misplacedSubnetId();
      default -> Optional.empty();
    };
  }

  private Optional<String> missingSource() {
    if (problemOf(Setting.ROUTES).isPresent()) {
      return Optional.empty();
    }
    List<String> sources = RoutesFolder.sources(Path.of(get(Setting.ROUTES)));
    return sources.contains(get(Setting.SOURCE))
        ? Optional.empty()
        : Optional.of(
            "%s has no source of that name; it has: %s"
                .formatted(get(Setting.ROUTES), String.join(", ", sources)));
  }

  private Optional<String> misplacedSubnetId() {
    String subnetId = get(Setting.SUBNET_OVERRIDE);
    if (subnetId.isEmpty() || problemOf(Setting.PREFIX_LENGTH).isPresent()) {
      return Optional.empty();
    }
    try {
      SubnetId.parse(subnetId, Integer.parseInt(get(Setting.PREFIX_LENGTH)));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Problem problem(Setting setting, String wrong) {
    String value = values.getOrDefault(setting, "");
    return new Problem(setting, value.isEmpty() ? null : value, wrong);
  }

  /**
   * Returns variables that look like settings but that nothing reads: a spelling mistake, most
   * likely.
   */
  public List<String> unknownVariables() {
    List<String> known = Arrays.stream(Setting.values()).map(Setting::variable).toList();
    return environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .filter(name -> !RoutesFolder.mentions(Path.of(get(Setting.ROUTES)), keyOf(name)))
        .sorted()
        .toList();
  }

  private static String keyOf(String variable) {
    return "metallb-dyn6."
        + variable.substring(PREFIX.length()).toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
