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
    return problems;
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

  /** The override needs the length to know where it begins; the length alone would do nothing. */
  private Optional<String> missingPartner(Setting setting) {
    boolean partnerSet =
        switch (setting) {
          case PREFIX_LENGTH -> !settings.get(Setting.SUBNET_OVERRIDE).isEmpty();
          case SUBNET_OVERRIDE -> !settings.get(Setting.PREFIX_LENGTH).isEmpty();
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
    List<String> sources = RoutesFolder.sources(Path.of(settings.get(Setting.ROUTES)));
    return sources.contains(settings.get(Setting.SOURCE))
        ? Optional.empty()
        : Optional.of(
            "%s has no source of that name; it has: %s"
                .formatted(settings.get(Setting.ROUTES), String.join(", ", sources)));
  }

  private Optional<String> misplacedSubnetId() {
    String subnetId = settings.get(Setting.SUBNET_OVERRIDE);
    if (subnetId.isEmpty() || problemOf(Setting.PREFIX_LENGTH).isPresent()) {
      return Optional.empty();
    }
    try {
      SubnetId.parse(subnetId, Integer.parseInt(settings.get(Setting.PREFIX_LENGTH)));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private Problem problem(Setting setting, String wrong) {
    String value = settings.raw(setting);
    return new Problem(setting, value.isEmpty() ? null : value, wrong);
  }
}
