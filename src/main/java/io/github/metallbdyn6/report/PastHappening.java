package io.github.metallbdyn6.report;

import java.time.Instant;

/**
 * An event that is remembered: the line for people. The pool and the services that it was about are
 * not kept; others decide how large these are.
 *
 * @param at when
 * @param kind a word for programs
 * @param text what, in one line
 */
public record PastHappening(Instant at, String kind, String text) {
  private static final int LONGEST = 1000;

  static PastHappening of(PassEvent what) {
    String text = what.text();
    return new PastHappening(
        what.at(),
        what.kind().toString(),
        text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
  }
}
