package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.ipv6.SubnetId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether settings are right, each by itself and together. */
final class SettingsCheck {
  private final Settings settings;

  SettingsCheck(Settings settings) {
    this.settings = settings;
  }

  /** Returns all that is wrong, in the settings' order. */
  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Setting setting : Setting.values()) {
      problemOf(setting)
          .or(() -> problemWithOthers(setting))
          .ifPresent(wrong -> problems.add(problem(setting, wrong)));
    }
    problems.addAll(missingParameters());
    return problems;
  }

  /** A source without what it needs would only fail, over and over. */
  private List<Problem> missingParameters() {
    if (problemOf(Setting.ROUTES).isPresent() || problemOf(Setting.SOURCE).isPresent()) {
      return List.of();
    }
    Path folder = Path.of(settings.get(Setting.ROUTES));
    List<Problem> problems = new ArrayList<>();
    for (String source : settings.sources()) {
      RoutesFolder.parameters(folder, source).stream()
          .filter(parameter -> parameter.isRequired() && !settings.has(parameter))
          .map(parameter -> missing(source, parameter))
          .forEach(problems::add);
    }
    return problems;
  }

  private static Problem missing(String source, SourceParameter parameter) {
    return new Problem(
        parameter.variable(),
        null,
        "the source %s needs it: %s (%s)".formatted(source, parameter.meaning(), parameter.unit()),
        parameter.example());
  }

  private Optional<String> problemOf(Setting setting) {
    String value = settings.get(setting);
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

  /** The length alone would do nothing. */
  private Optional<String> missingPartner(Setting setting) {
    return setting == Setting.SUBNET_OVERRIDE && !settings.get(Setting.PREFIX_LENGTH).isEmpty()
        ? Optional.of("it is required with PREFIX_LENGTH: which subnet of the delegated prefix?")
        : Optional.empty();
  }

  /** What is right by itself may still not fit another setting. */
  private Optional<String> problemWithOthers(Setting setting) {
    return switch (setting) {
      case SOURCE -> missingSource();
      case QUORUM -> unreachableQuorum();
      case SUBNET_OVERRIDE -> misplacedSubnetId();
      default -> Optional.empty();
    };
  }

  private Optional<String> missingSource() {
    if (problemOf(Setting.ROUTES).isPresent()) {
      return Optional.empty();
    }
    List<String> known = RoutesFolder.sources(Path.of(settings.get(Setting.ROUTES)));
    List<String> missing =
        settings.sources().stream().filter(source -> !known.contains(source)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has no source %s; it has: %s"
                .formatted(
                    settings.get(Setting.ROUTES),
                    String.join(", ", missing),
                    String.join(", ", known)));
  }

  private Optional<String> unreachableQuorum() {
    int sources = settings.sources().size();
    return settings.mustAgree() && settings.quorum() > sources
        ? Optional.of("only %d sources are named in METALLB_DYN6_SOURCE".formatted(sources))
        : Optional.empty();
  }

  private Optional<String> misplacedSubnetId() {
    String subnetId = settings.get(Setting.SUBNET_OVERRIDE);
    String length = settings.get(Setting.PREFIX_LENGTH);
    if (subnetId.isEmpty() || problemOf(Setting.PREFIX_LENGTH).isPresent()) {
      return Optional.empty();
    }
    try {
      SubnetId unused =
          length.isEmpty()
              ? SubnetId.parse(subnetId)
              : SubnetId.parse(subnetId, Integer.parseInt(length));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Problem problem(Setting setting, String wrong) {
    String value = settings.raw(setting);
    return new Problem(
        setting.variable(), value.isEmpty() ? null : value, wrong, setting.example());
  }
}
