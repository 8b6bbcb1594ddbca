package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.ipv6.SubnetId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Whether settings are right, each by itself and together. */
final class SettingsCheck {
  private final Settings settings;

  SettingsCheck(Settings settings) {
    this.settings = settings;
  }

  /** Returns all that is wrong, in the settings' order. */
  List<Problem> problems() {
    List<Problem> problems = problems(List.of(Setting.values()));
    if (problemOf(Setting.ROUTES).isEmpty() && problemOf(Setting.SOURCE).isEmpty()) {
      for (String it : settings.sources()) {
        check("source " + it, RoutesFolder.parameters(folder(), it), problems);
      }
    }
    if (problemOf(Setting.ROUTES).isEmpty() && problemOf(Setting.FOLLOWERS).isEmpty()) {
      for (String it : settings.followers()) {
        check("follower " + it, RoutesFolder.followerParameters(folder(), it), problems);
      }
    }
    return problems;
  }

  /** Returns what is wrong with these settings, in this order. */
  List<Problem> problems(Collection<Setting> some) {
    List<Problem> problems = new ArrayList<>();
    for (Setting setting : some) {
      anyProblemOf(setting).ifPresent(wrong -> problems.add(problem(setting, wrong)));
    }
    return problems;
  }

  private Path folder() {
    return Path.of(settings.get(Setting.ROUTES));
  }

  /** Without what it needs it would fail over and over. A variable is named once. */
  private void check(String owner, List<SourceParameter> parameters, List<Problem> problems) {
    for (SourceParameter parameter : parameters) {
      if (problems.stream().anyMatch(it -> it.variable().equals(parameter.variable()))) {
        continue;
      }
      String value = settings.given().of(parameter);
      @Nullable String shown = value.isEmpty() ? null : value;
      problemOf(owner, parameter, value)
          .map(it -> new Problem(parameter.variable(), shown, it, example(owner, parameter, value)))
          .ifPresent(problems::add);
    }
  }

  private static String example(String owner, SourceParameter parameter, String value) {
    String bare = Quotes.takenFrom(value);
    boolean quotesAreAll = Quotes.areAround(value) && problemOf(owner, parameter, bare).isEmpty();
    return quotesAreAll ? bare : parameter.example();
  }

  private static Optional<String> problemOf(String owner, SourceParameter parameter, String value) {
    if (value.isEmpty()) {
      return parameter.isRequired()
          ? Optional.of(
              "the %s needs it: %s (%s)".formatted(owner, parameter.meaning(), parameter.unit()))
          : Optional.empty();
    }
    return new Faults().of(() -> parameter.check(value)).inWords();
  }

  /** Returns what is wrong with a setting, by itself or beside the others. */
  Optional<String> anyProblemOf(Setting setting) {
    return problemOf(setting).or(() -> problemWithOthers(setting));
  }

  private Optional<String> problemOf(Setting setting) {
    String value = settings.get(setting);
    if (value.isEmpty()) {
      // a pool that an annotation asks for has its host range in that annotation
      boolean required =
          setting == Setting.METALLB_POOL
              || (setting == Setting.HOST_RANGE && !settings.keepsAnnotatedPools());
      return required
          ? Optional.of("it is required: " + setting.meaning())
          : missingPartner(setting);
    }
    return new Faults().of(() -> setting.check(value)).inWords();
  }

  /** The length alone would do nothing. */
  private Optional<String> missingPartner(Setting setting) {
    return setting == Setting.SUBNET_OVERRIDE && !settings.get(Setting.PREFIX_LENGTH).isEmpty()
        ? Optional.of(
            "it is required with METALLB_DYN6_PREFIX_LENGTH: which subnet of the delegated prefix?")
        : Optional.empty();
  }

  /** A value that is right by itself may still not fit another setting. */
  private Optional<String> problemWithOthers(Setting setting) {
    return switch (setting) {
      case SOURCE -> missing("source", settings.sources(), RoutesFolder::sources);
      case FOLLOWERS ->
          missing("follower", settings.followers(), RoutesFolder::followers)
              .or(this::nobodyRemembers);
      case QUORUM -> unreachableQuorum();
      case SUBNET_OVERRIDE -> misplacedSubnetId();
      case PREFIX_LENGTH -> unknownLength();
      default -> Optional.empty();
    };
  }

  private Optional<String> nobodyRemembers() {
    return settings.keepsAnnotatedPools() && !settings.followers().isEmpty()
        ? Optional.of(
            "METALLB_DYN6_METALLB_POOL names no pool: the annotations of the first pool that it names remember what followers were told")
        : Optional.empty();
  }

  private Optional<String> missing(
      String kind, List<String> wanted, Function<Path, List<String>> files) {
    if (problemOf(Setting.ROUTES).isPresent()) {
      return Optional.empty();
    }
    List<String> known = files.apply(folder());
    List<String> missing = wanted.stream().filter(name -> !known.contains(name)).toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s has no %s %s; it has: %s"
                .formatted(
                    settings.get(Setting.ROUTES),
                    kind,
                    String.join(", ", missing),
                    String.join(", ", known)));
  }

  private Optional<String> unreachableQuorum() {
    int sources = settings.sources().size();
    return settings.mustAgree() && settings.quorum() > sources
        ? Optional.of(
            "only %s named in METALLB_DYN6_SOURCE"
                .formatted(sources == 1 ? "one source is" : sources + " sources are"))
        : Optional.empty();
  }

  /** No source could ever say what subnet the pool is to be in. */
  private Optional<String> unknownLength() {
    return !sourcesWithoutLength().isEmpty() && sourcesWithoutLength().equals(settings.sources())
        ? Optional.of(
            "it is required with METALLB_DYN6_SUBNET_OVERRIDE here: %s knows only an address, and not how long its delegated prefix is"
                .formatted(String.join(", ", settings.sources())))
        : Optional.empty();
  }

  /**
   * Returns the sources whose answers are of use only as long as they lie in a delegated prefix
   * that another source has said.
   */
  List<String> sourcesWithoutLength() {
    boolean lengthIsWanted =
        !settings.get(Setting.SUBNET_OVERRIDE).isEmpty()
            && settings.get(Setting.PREFIX_LENGTH).isEmpty();
    if (!lengthIsWanted
        || problemOf(Setting.ROUTES).isPresent()
        || problemOf(Setting.SOURCE).isPresent()) {
      return List.of();
    }
    return settings.sources().stream()
        .filter(source -> RoutesFolder.knowsAddressesOnly(folder(), source))
        .toList();
  }

  private Optional<String> misplacedSubnetId() {
    String subnetId = settings.get(Setting.SUBNET_OVERRIDE);
    String length = settings.get(Setting.PREFIX_LENGTH);
    if (subnetId.isEmpty() || problemOf(Setting.PREFIX_LENGTH).isPresent()) {
      return Optional.empty();
    }
    return length.isEmpty()
        ? new Faults().of(() -> SubnetId.parse(subnetId)).inWords()
        : new Faults().of(() -> SubnetId.parse(subnetId, Integer.parseInt(length))).inWords();
  }

  private Problem problem(Setting setting, String wrong) {
    String value = settings.raw(setting);
    return new Problem(
        settings.given().nameOf(setting),
        value.isEmpty() ? null : value,
        wrong,
        new Example(settings).of(setting).orElse(null));
  }
}
