package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.text.Misspelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings that change nothing: misspelled ones, and those that count only beside another one. */
final class UnusedSettings {
  private static final List<Setting> HANDOVER_ONLY =
      List.of(Setting.RETIRE_AFTER, Setting.EXTERNAL_DNS_PREFIX);

  private final Settings settings;
  private final Path folder;

  UnusedSettings(Settings settings) {
    this.settings = settings;
    this.folder = Path.of(settings.get(Setting.ROUTES));
  }

  /** Returns a sentence for each that nothing reads. */
  List<String> misspelled() {
    List<String> sentences = new ArrayList<>();
    unknownVariables().forEach(name -> sentences.add(unknown(name)));
    addAlmostSettings(sentences);
    return sentences;
  }

  /** Returns a sentence for each that is read, and has no effect. */
  List<String> ineffective() {
    List<String> sentences = new ArrayList<>();
    addLonely(sentences);
    settings.given().variables().stream()
        .filter(name -> !settings.variable(name).isEmpty())
        .flatMap(name -> unasked(name).stream())
        .forEach(sentences::add);
    return sentences;
  }

  List<String> unknownVariables() {
    return settings.given().variables().stream()
        .filter(name -> name.startsWith(VariableName.PREFIX) && !isSetting(name))
        .filter(name -> !RoutesFolder.mentions(folder, VariableName.keyOf(name)))
        .toList();
  }

  private String unknown(String name) {
    List<String> known = known().map(it -> it.substring(VariableName.PREFIX.length())).toList();
    String question =
        Misspelling.meant(name.substring(VariableName.PREFIX.length()), known)
            .map(it -> "; did you mean %s%s?".formatted(VariableName.PREFIX, it))
            .orElse("; see --help");
    return name + " is not a setting, and no route uses it" + question;
  }

  /** A mistake in the first part of the name, or in upper and lower case. */
  private void addAlmostSettings(List<String> sentences) {
    List<String> known = known().toList();
    settings.given().variables().stream()
        .filter(name -> !name.startsWith(VariableName.PREFIX))
        .filter(name -> name.toUpperCase(Locale.ROOT).matches("MET.*DYN.*"))
        .forEach(
            name ->
                Misspelling.nearest(name, known)
                    .ifPresent(
                        it ->
                            sentences.add(
                                "%s is not a setting; did you mean %s?".formatted(name, it))));
  }

  private Stream<String> known() {
    return Stream.concat(
            Arrays.stream(Setting.values()).map(Setting::variable),
            RoutesFolder.allParameters(folder).map(SourceParameter::variable))
        .distinct();
  }

  private static boolean isSetting(String name) {
    return Arrays.stream(Setting.values()).anyMatch(setting -> setting.variable().equals(name));
  }

  private void addLonely(List<String> sentences) {
    if (settings.given().has(Setting.QUORUM) && !settings.mustAgree()) {
      sentences.add(withoutEffect(Setting.QUORUM, "METALLB_DYN6_SOURCE_POLICY=agree"));
    }
    if (settings.given().has(Setting.LEASE_DURATION) && settings.get(Setting.LEASE).isEmpty()) {
      sentences.add(withoutEffect(Setting.LEASE_DURATION, Setting.LEASE.variable()));
    }
    if (settings.transition() != Transition.HANDOVER) {
      HANDOVER_ONLY.stream()
          .filter(settings.given()::has)
          .map(setting -> withoutEffect(setting, "METALLB_DYN6_TRANSITION=handover"))
          .forEach(sentences::add);
    }
  }

  private String withoutEffect(Setting setting, String partner) {
    return "%s has no effect without %s".formatted(settings.given().nameOf(setting), partner);
  }

  /** A variable that only sources read which nobody asks. */
  private Optional<String> unasked(String name) {
    boolean isOwn = isSetting(name) && !name.equals(Setting.MY_IP_URL.variable());
    if (isOwn || !name.startsWith(VariableName.PREFIX)) {
      return Optional.empty();
    }
    String key = VariableName.keyOf(name);
    List<String> readers = RoutesFolder.sourcesThatMention(folder, key);
    boolean isRead =
        RoutesFolder.flowMentions(folder, key)
            || readers.stream()
                .anyMatch(reader -> RoutesFolder.isCalled(folder, reader, settings.sources()));
    List<String> followers = RoutesFolder.followersThatMention(folder, key);
    if (isRead || followers.stream().anyMatch(settings.followers()::contains)) {
      return Optional.empty();
    }
    if (readers.isEmpty()) {
      return followers.isEmpty() ? Optional.empty() : Optional.of(unfollowed(name, followers));
    }
    return Optional.of(
        "%s has no effect: it is for the source %s, and METALLB_DYN6_SOURCE is %s"
            .formatted(name, String.join(", ", readers), settings.get(Setting.SOURCE)));
  }

  private String unfollowed(String name, List<String> followers) {
    String chosen = String.join(",", settings.followers());
    return "%s has no effect: it is for the follower %s, and METALLB_DYN6_FOLLOWERS is %s"
        .formatted(name, String.join(", ", followers), chosen.isEmpty() ? "not set" : chosen);
  }
}
