package io.github.metallbdyn6.settings;

import io.github.metallbdyn6.text.Redaction;
import java.util.ArrayList;
import java.util.List;

/** Settings that are no mistake, but may surprise: taken otherwise than they were set. */
final class SettingsNotes {
  private final Settings settings;

  SettingsNotes(Settings settings) {
    this.settings = settings;
  }

  /** Returns a sentence for each. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    noteInterval(notes);
    noteRustLog(notes);
    noteQuotes(notes);
    return notes;
  }

  /** Returns a sentence for each source that is of use only beside another one. */
  List<String> hints() {
    return new SettingsCheck(settings)
        .sourcesWithoutLength().stream()
            .map(
                source ->
                    "Source %s knows only an address: it is of use while that lies in the delegated prefix that another source has said since the start; with METALLB_DYN6_PREFIX_LENGTH it always is."
                        .formatted(source))
            .toList();
  }

  /** A password may begin and end with quotes, though it seldom does. */
  private void noteQuotes(List<String> notes) {
    new RouteSettings(settings)
        .parameters().stream()
            .filter(SourceParameter::isAnyText)
            .map(SourceParameter::variable)
            .distinct()
            .filter(name -> Quotes.areAround(settings.variable(name)))
            .forEach(
                name -> notes.add(name + " has quotes around it, which are part of the value"));
  }

  private void noteInterval(List<String> notes) {
    String wanted = settings.raw(Setting.UPDATE_INTERVAL);
    String taken = settings.get(Setting.UPDATE_INTERVAL);
    if (!wanted.equals(taken)) {
      notes.add(
          "%s=%s: a pass begins every %s s, since the interval is from 1 to %d"
              .formatted(
                  settings.given().nameOf(Setting.UPDATE_INTERVAL),
                  wanted,
                  taken,
                  NormalValue.LONGEST_INTERVAL));
    }
  }

  private void noteRustLog(List<String> notes) {
    String rustLog = settings.variable(RustLog.VARIABLE);
    if (!rustLog.isEmpty() && RustLog.levelIn(rustLog).isEmpty()) {
      notes.add(
          "%s=%s names no level for this program; set %s"
              .formatted(RustLog.VARIABLE, Redaction.of(rustLog), Setting.LOG_LEVEL.variable()));
    }
  }
}
