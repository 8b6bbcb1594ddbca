package io.github.metallbdyn6.routing;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;

/** Where the contents of route files went that version 1.0.0 had. */
final class RenamedFiles {
  private static final Map<String, String> SUCCESSORS =
      Map.ofEntries(
          entry("1-check-regularly", "0-run-pass"),
          entry("1-watch-prefix", "0-run-pass"),
          entry("1-ask-source", "1-find-prefix"),
          entry("1-ask-sources", "1-find-prefix"),
          entry("ask-web", "1-find-prefix"),
          entry("ask-web-sparingly", "1-find-prefix"),
          entry("3-show-plan", "dry-run"),
          entry("show-services", "dry-run"),
          entry("move-services", "4-hand-over"),
          entry("await-services", "4-hand-over"),
          entry("patch-services", "4-hand-over"),
          entry("place-services", "4-hand-over"),
          entry("retire-ranges", "4-hand-over"),
          entry("4-reload-metallb", "5-restart-metallb"),
          entry("restart-metallb", "5-restart-metallb"),
          entry("list-metallb-pods", "5-restart-metallb"),
          entry("mark-reload", "5-restart-metallb"));

  private RenamedFiles() {}

  /** Returns what to do about a file of version 1.0.0: its routes would be there twice. */
  static Optional<RouteProblem> problemOf(String file, String suffix) {
    return Optional.ofNullable(SUCCESSORS.get(file.replace(suffix, "")))
        .map(
            successor ->
                new RouteProblem(
                    file,
                    0,
                    "this file of version 1.0.0 is now part of %s%s; make your changes there, and remove this file"
                        .formatted(successor, suffix)));
  }
}
