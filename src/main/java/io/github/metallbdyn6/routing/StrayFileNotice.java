package io.github.metallbdyn6.routing;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of each stray file that appears while the program runs; the start names the others. */
final class StrayFileNotice {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Supplier<List<RouteProblem>> find;
  private List<RouteProblem> known;

  StrayFileNotice(Supplier<List<RouteProblem>> find) {
    this.find = find;
    this.known = find.get();
  }

  void look() {
    List<RouteProblem> now = find.get();
    now.stream().filter(file -> !known.contains(file)).forEach(file -> LOG.warn("{}.", file));
    known = now;
  }
}
