package io.github.metallbdyn6.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.health.ConsumersHealthCheckRepository;
import org.apache.camel.impl.health.RoutesHealthCheckRepository;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.service.ServiceHelper;

/**
 * Replaces all routes of a running context between two passes. Every pass compares the whole state
 * anew, so nothing of a pass has to be carried over.
 *
 * <p>Camel's own update of single routes would not do: it never removes a configuration without an
 * id, and when it updates another one it gives this one an id, so that it no longer holds for all.
 */
final class RouteSwap {
  private static final int LOOK_EVERY_MILLISECONDS = 20;

  /** No step takes as long without an answer, by the greatest METALLB_DYN6_REQUEST_TIMEOUT. */
  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final CamelContext context;
  private final Duration patience;

  /**
   * Prepares swaps.
   *
   * @param patience how long steps that still run are waited for; then they are cut off
   */
  RouteSwap(CamelContext context, Duration patience) {
    this.context = context;
    this.patience = patience;
  }

  /**
   * Waits for the end of the running pass and puts other routes in the place of those that run; if
   * that fails, these again.
   *
   * @return what was wrong with the new ones; nothing when they run
   * @throws IllegalStateException when not even the old ones run any more
   * @throws InterruptedException when the program stops meanwhile; the old routes are still there
   */
  List<RouteProblem> swap(RouteFiles before, RouteFiles after) throws InterruptedException {
    List<RouteProblem> problems = begin(after);
    if (!problems.isEmpty()) {
      List<RouteProblem> worse = replace(before);
      if (!worse.isEmpty()) {
        throw new IllegalStateException(problems + ", then " + worse);
      }
    }
    return problems;
  }

  /**
   * A route that could not be suspended may be suspended by halves: then all routes are made anew.
   */
  private List<RouteProblem> begin(RouteFiles after) throws InterruptedException {
    try {
      awaitEndOfPass();
    } catch (RuntimeException e) {
      return List.of(RouteProblem.of("the routes before", e));
    }
    return replace(after);
  }

  /** A pass that was stopped in the middle would count as failed, and make MetalLB wait. */
  private void awaitEndOfPass() throws InterruptedException {
    context.getRoutes().stream()
        .map(Route::getConsumer)
        .filter(consumer -> !(consumer.getEndpoint() instanceof DirectEndpoint))
        .forEach(ServiceHelper::suspendService);
    long end = System.nanoTime() + patience.toNanos();
    do {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLISECONDS);
    } while (context.getInflightRepository().size() > 0 && System.nanoTime() - end < 0);
  }

  private List<RouteProblem> replace(RouteFiles files) {
    try {
      removeAll();
    } catch (Exception e) {
      return List.of(RouteProblem.of("the routes before", e));
    }
    RouteSet set = RouteSet.parse(context, files);
    set.add();
    return set.problems();
  }

  private void removeAll() throws Exception {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    model.getRouteDefinitions().forEach(RouteSwap::adoptPolicy);
    context.getRouteController().removeAllRoutes();
    context.removeRouteTemplates("*");
    model.removeRouteDefinitions(new ArrayList<>(model.getRouteDefinitions()));
    model.getRouteConfigurationDefinitions().clear();
    forget(new RoutesHealthCheckRepository());
    forget(new ConsumersHealthCheckRepository());
  }

  /**
   * With a route JMX forgets only the steps that lead up to it. Those of a routeConfiguration lead
   * nowhere, and would hold the whole route for ever.
   */
  private static void adoptPolicy(RouteDefinition route) {
    route.getOutputs().stream()
        .filter(ProcessorDefinition::isAbstract)
        .flatMap(policy -> policy.getOutputs().stream())
        .forEach(step -> step.setParent(route));
  }

  /** Camel's health checks of routes hold every route that they have ever seen. */
  private void forget(HealthCheckRepository successor) {
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    Optional<HealthCheckRepository> seen = health.getRepository(successor.getId());
    seen.ifPresent(
        predecessor -> {
          successor.setEnabled(predecessor.isEnabled());
          health.unregister(predecessor);
          health.register(successor);
        });
  }
}
