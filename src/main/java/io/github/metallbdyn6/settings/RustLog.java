package io.github.metallbdyn6.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The predecessor's variable {@code RUST_LOG}, such as {@code debug}, {@code
 * info,metallb_dyn6=debug}, or the {@code warning} of its Helm chart.
 */
final class RustLog {
  static final String VARIABLE = "RUST_LOG";
  private static final String OURS = "metallb_dyn6";

  /** The least first. */
  private static final List<String> LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private static final Map<String, String> OTHER_WORDS =
      Map.of(
          "off", "error", "0", "error", "1", "error", "warning", "warn", "2", "warn", "3", "info",
          "4", "debug", "5", "trace");

  private RustLog() {}

  /**
   * Returns the level for this program: the most that one of its own targets is to log, else that
   * for everything; nothing where the text says neither.
   */
  static Optional<String> levelIn(String text) {
    List<String> directives = Arrays.stream(text.split(",")).map(String::strip).toList();
    return most(directives.stream().filter(it -> it.startsWith(OURS)).flatMap(RustLog::ofTarget))
        .or(() -> most(directives.stream().flatMap(it -> level(it).stream())));
  }

  /** A target without a level is to log everything. */
  private static Stream<String> ofTarget(String directive) {
    int equals = directive.lastIndexOf('=');
    return equals < 0 ? Stream.of("trace") : level(directive.substring(equals + 1)).stream();
  }

  private static Optional<String> level(String word) {
    String lower = word.strip().toLowerCase(Locale.ROOT);
    String level = OTHER_WORDS.getOrDefault(lower, lower);
    return LEVELS.contains(level) ? Optional.of(level) : Optional.empty();
  }

  private static Optional<String> most(Stream<String> levels) {
    return levels.max((one, other) -> LEVELS.indexOf(one) - LEVELS.indexOf(other));
  }
}
