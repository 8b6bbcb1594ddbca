package io.github.metallbdyn6.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.camel.cli.connector.DefaultCliConnectorFactory;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.spi.ThreadPoolProfile;

/**
 * Tries out route files in a context of its own, in which every step, endpoint, option and bean is
 * made as in the program, and nothing is started.
 */
public final class RouteCheck {
  private final Properties settings;
  private final Supplier<Map<String, Object>> beans;

  /**
   * Prepares checks.
   *
   * @param settings what the routes' placeholders stand for
   * @param beans makes what the routes refer to, anew for every check: what the program itself
   *     works with must not be touched
   */
  public RouteCheck(Properties settings, Supplier<Map<String, Object>> beans) {
    this.settings = settings;
    this.beans = beans;
  }

  /**
   * The outcome of a check.
   *
   * @param routes how many routes are right
   * @param problems all that is wrong; empty when the files can be run
   * @param notes what is right, but may surprise
   */
  public record Outcome(int routes, List<RouteProblem> problems, List<RouteProblem> notes) {
    static Outcome refused(List<RouteProblem> problems) {
      return new Outcome(0, problems, List.of());
    }
  }

  /** Checks the files as a whole. */
  public Outcome check(RouteFiles files) {
    DefaultCamelContext scratch = scratch();
    try {
      return check(scratch, files);
    } catch (RuntimeException e) {
      return Outcome.refused(List.of(RouteProblem.of("the routes together", e)));
    } finally {
      scratch.stop();
    }
  }

  private static Outcome check(DefaultCamelContext scratch, RouteFiles files) {
    RouteSet set = RouteSet.parse(scratch, files);
    if (!set.problems().isEmpty()) {
      return Outcome.refused(set.problems());
    }
    List<RouteProblem> problems = new ArrayList<>(RouteLinks.problems(scratch, set));
    List<RouteProblem> notes = RouteLinks.notes(scratch, set);
    set.add();
    set.problems().stream()
        .filter(found -> problems.stream().noneMatch(found::saysNoMoreThan))
        .map(found -> found.withQuestion(set.beans(), scratch.getComponentNames()))
        .forEach(problems::add);
    return new Outcome(scratch.getRoutesSize(), problems, notes);
  }

  private DefaultCamelContext scratch() {
    DefaultCamelContext scratch = new DefaultCamelContext(false);
    scratch.disableJMX();
    scratch.getPropertiesComponent().setLocation("classpath:application.properties");
    scratch.getPropertiesComponent().setOverrideProperties(settings);
    Placeholders.preferSettings(scratch);
    beans.get().forEach(scratch.getRegistry()::bind);
    scratch
        .getRegistry()
        .findByType(ThreadPoolProfile.class)
        .forEach(scratch.getExecutorServiceManager()::registerThreadPoolProfile);
    scratch.build();
    scratch.getCamelContextExtension().addContextPlugin(CliConnectorFactory.class, withoutCli());
    scratch
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .addModelLifecycleStrategy(new WithoutStart());
    scratch.start();
    return scratch;
  }

  private static final class WithoutStart extends ModelLifecycleStrategySupport {
    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
      route.setAutoStartup("false");
    }
  }

  /** Returns what keeps Camel's CLI out, for contexts that are nobody's business. */
  public static CliConnectorFactory withoutCli() {
    CliConnectorFactory factory = new DefaultCliConnectorFactory();
    factory.setEnabled(false);
    return factory;
  }
}
