package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.settings.Precondition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Gives the program its first routes, and has them watched where that is wanted. */
public final class RouteStart extends MainListenerSupport {
  private final Supplier<RouteFiles> read;
  private final RouteCheck check;
  private final Supplier<List<RouteProblem>> strayFiles;
  private final boolean watched;

  /**
   * Prepares the start.
   *
   * @param read reads the files to run, as they are now
   * @param strayFiles finds files with routes that are not read
   * @param watched whether edited routes are taken over later
   */
  public RouteStart(
      Supplier<RouteFiles> read,
      RouteCheck check,
      Supplier<List<RouteProblem>> strayFiles,
      boolean watched) {
    this.read = read;
    this.check = check;
    this.strayFiles = strayFiles;
    this.watched = watched;
  }

  @Override
  public void afterConfigure(BaseMainSupport main) {
    CamelContext context = main.getCamelContext();
    RouteFiles files = read.get();
    load(context, files);
    if (watched) {
      watch(context, files);
    }
  }

  /**
   * Camel finds these mistakes by itself when it starts the routes, so nobody looks for them twice.
   */
  private static void load(CamelContext context, RouteFiles files) {
    RouteSet set = RouteSet.parse(context, files);
    List<RouteProblem> problems = new ArrayList<>(RouteLinks.problems(context, set));
    set.add();
    problems.addAll(set.problems());
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(problems.toString());
    }
    context.getRegistry().findByType(Precondition.class).forEach(Precondition::requireMet);
  }

  private void watch(CamelContext context, RouteFiles files) {
    Passes passes = context.getRegistry().lookupByNameAndType("passes", Passes.class);
    Journals journal = context.getRegistry().lookupByNameAndType("journal", Journals.class);
    RouteWatch watch =
        new RouteWatch(
            context, passes, journal, read, check, new StrayFileNotice(strayFiles), files);
    HealthCheckRegistry.get(context).register(new RouteHealth(watch));
    try {
      context.addService(watch);
    } catch (Exception e) {
      throw new IllegalStateException("a service of a context that has not started yet", e);
    }
  }
}
