package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.report.Redaction;
import org.jspecify.annotations.Nullable;

/**
 * A setting that cannot be right.
 *
 * @param setting which
 * @param value what it was set to, or null when it is not set
 * @param wrong a phrase that says what is wrong
 */
public record Problem(Setting setting, @Nullable String value, String wrong) {

  @Override
  public String toString() {
    String was = value == null ? " is not set" : "=" + Redaction.of(value);
    return "  %s%s%n    %s%n    for example: %s=%s"
        .formatted(setting.variable(), was, wrong, setting.variable(), setting.example());
  }
}
