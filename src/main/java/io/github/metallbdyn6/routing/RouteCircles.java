package io.github.metallbdyn6.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.PipelineDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.StepDefinition;
import org.apache.camel.model.TryDefinition;

/**
 * Routes that call one another in a circle, whatever happens. Camel runs such a circle without end:
 * no stack fills, nothing fails, and the pass that began it never ends.
 */
final class RouteCircles {
  private final UnaryOperator<String> resolve;
  private final Map<String, Set<String>> calls = new LinkedHashMap<>();

  /**
   * Knows no route yet.
   *
   * @param resolve returns where a URI leads, without its options
   */
  RouteCircles(UnaryOperator<String> resolve) {
    this.resolve = resolve;
  }

  /** Notes whom a route calls in any case; what is behind a condition may end a circle. */
  void take(RouteDefinition route) {
    Set<String> called = new LinkedHashSet<>();
    unconditional(route.getOutputs())
        .filter(SendDefinition.class::isInstance)
        .map(step -> ((SendDefinition<?>) step).getEndpointUri())
        .map(resolve)
        .forEach(called::add);
    calls.put(resolve.apply(route.getInput().getEndpointUri()), called);
  }

  private static Stream<ProcessorDefinition<?>> unconditional(List<ProcessorDefinition<?>> steps) {
    return steps.stream()
        .flatMap(
            step -> isPassedThrough(step) ? unconditional(step.getOutputs()) : Stream.of(step));
  }

  private static boolean isPassedThrough(ProcessorDefinition<?> step) {
    return step instanceof TryDefinition
        || step instanceof CircuitBreakerDefinition
        || step instanceof PipelineDefinition
        || step instanceof StepDefinition;
  }

  /** Returns the circle that begins with this route, in words. */
  Optional<String> circleFrom(RouteDefinition route) {
    String start = resolve.apply(route.getInput().getEndpointUri());
    return pathTo(start, start, new LinkedHashSet<>())
        .map(path -> "it calls itself without end: " + String.join(" -> ", path));
  }

  private Optional<List<String>> pathTo(String end, String from, Set<String> visited) {
    if (!visited.add(from)) {
      return Optional.empty();
    }
    for (String next : calls.getOrDefault(from, Set.of())) {
      if (next.equals(end)) {
        return Optional.of(new ArrayList<>(List.of(from, end)));
      }
      Optional<List<String>> path = pathTo(end, next, visited);
      path.ifPresent(it -> it.add(0, from));
      if (path.isPresent()) {
        return path;
      }
    }
    return Optional.empty();
  }
}
