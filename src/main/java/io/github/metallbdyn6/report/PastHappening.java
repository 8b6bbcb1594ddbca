package io.github.metallbdyn6.report;

import java.time.Instant;
import java.util.Locale;

/**
 * What is remembered of something that happened: the line for people. The pool and the services
 * that it was about are not kept; others decide how large these are.
 *
 * @param at when
 * @param kind a word for programs
 * @param text what, in one line
 */
public record PastHappening(Instant at, String kind, String text) {
  private static final int LONGEST = 1000;

  static PastHappening of(Happening what) {
    String text = what.text();
    return new PastHappening(
        what.at(), kindOf(what), text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text);
  }

  private static String kindOf(Happening what) {
    if (what instanceof Happening.PassFailed failed && failed.trouble().isHold()) {
      return "held";
    }
    if (what instanceof Happening.RoutesEdited edited && edited.refused()) {
      return "routesRefused";
    }
    String name = what.getClass().getSimpleName();
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
