package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.text.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * A setting, or a source's parameter, that cannot be right.
 *
 * @param variable which
 * @param value what it was set to, or null when it is not set
 * @param wrong a phrase that says what is wrong
 * @param example a value that would be right, or null where no value would be: another setting is
 *     wrong, or a file is missing
 */
public record Problem(
    String variable, @Nullable String value, String wrong, @Nullable String example) {

  @Override
  public String toString() {
    String was = value == null ? " is not set" : "=" + Redaction.of(value);
    String right = example == null ? "" : "%n    for example: %s=%s".formatted(variable, example);
    return "  %s%s%n    %s%s".formatted(variable, was, wrong, right);
  }
}
