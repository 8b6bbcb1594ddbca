package io.github.metallbdyn6.settings;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A parameter of a source, as the comment at the top of its file says. It is an environment
 * variable, {@code METALLB_DYN6_JSON_URL}, and a placeholder in that file, {@code
 * metallb-dyn6.json-url}.
 *
 * @param variable the environment variable
 * @param meaning what it does, in one phrase
 * @param unit what a value looks like, with its unit
 * @param byDefault the value when it is not set; a text that begins with {@code none} for no value
 * @param example a value that is right
 */
public record SourceParameter(
    String variable, String meaning, String unit, String byDefault, String example) {
  private static final Pattern COMMENT =
      Pattern.compile(
          """
          ^# parameter: (\\S+)
          # meaning:   (\\S.*)
          # unit:      (\\S.*)
          # default:   (\\S.*)
          # example:   (\\S.*)$""",
          Pattern.MULTILINE);

  /** Finds the parameters that a source's file describes. */
  public static List<SourceParameter> in(String file) {
    return COMMENT.matcher(file).results().map(SourceParameter::of).toList();
  }

  private static SourceParameter of(MatchResult comment) {
    return new SourceParameter(
        comment.group(1), comment.group(2), comment.group(3), comment.group(4), comment.group(5));
  }

  /** Returns the key under which the source finds the value. */
  public String key() {
    return VariableName.keyOf(variable);
  }

  /** Tells whether the source does not work without a value. */
  public boolean isRequired() {
    return byDefault.equals("none, required");
  }

  /** Tells whether quotes can be part of a value: a password may have them. */
  boolean isAnyText() {
    return unit.equals("text");
  }

  /** Returns the value when it is not set; an empty text for none. */
  public String defaultValue() {
    return byDefault.startsWith("none") ? "" : byDefault;
  }

  /**
   * Checks a value by its unit, as far as that is one that the program knows.
   *
   * @throws IllegalArgumentException with a phrase that says what is wrong
   */
  void check(String value) {
    if (!isAnyText()) {
      Quotes.requireNone(value);
    }
    switch (unit) {
      case "URL" -> Checks.httpUrl(value);
      case "regular expression" -> Checks.regularExpression(value);
      case "seconds, 0 to 31536000" -> Checks.number(value, 0, 31_536_000);
      default -> {
        // what only the source itself understands
      }
    }
  }
}
