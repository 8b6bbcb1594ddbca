package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.routing.RouteSet.ParsedFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** The options of all endpoints in the files: of routes, templates and what is done on failures. */
final class RouteOptions {
  /** A place in a file that names an endpoint. */
  private record Place(String file, int line, String uri) {}

  private final EndpointOptions options;
  private final UnaryOperator<String> resolve;
  private final List<Place> places = new ArrayList<>();

  /**
   * Finds the endpoints.
   *
   * @param resolve returns a URI with the values of its placeholders, or an empty text
   */
  RouteOptions(
      CamelContext context,
      RouteSet set,
      Collection<RouteConfigurationDefinition> policies,
      UnaryOperator<String> resolve) {
    this.options = new EndpointOptions(context);
    this.resolve = resolve;
    set.files().forEach(this::take);
    policies.stream()
        .flatMap(policy -> policy.getOnExceptions().stream())
        .forEach(handler -> takeSteps(fileOf(handler), handler.getOutputs()));
  }

  private void take(ParsedFile file) {
    Stream.concat(
            file.routes().stream(),
            file.templates().stream().map(RouteTemplateDefinition::getRoute))
        .forEach(route -> take(file.name(), route));
  }

  private void take(String file, RouteDefinition route) {
    FromDefinition from = route.getInput();
    places.add(new Place(file, from.getLineNumber(), from.getEndpointUri()));
    takeSteps(file, route.getOutputs());
  }

  private void takeSteps(String file, List<ProcessorDefinition<?>> steps) {
    for (var call :
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, EndpointRequiredDefinition.class)) {
      int line = ((OptionalIdentifiedDefinition<?>) call).getLineNumber();
      places.add(new Place(file, line, call.getEndpointUri()));
    }
    for (var call :
        ProcessorDefinitionHelper.filterTypeInOutputs(steps, ToDynamicDefinition.class)) {
      places.add(new Place(file, call.getLineNumber(), call.getUri()));
    }
  }

  private static String fileOf(ProcessorDefinition<?> step) {
    return String.valueOf(step.getLocation()).replaceFirst("^file:", "");
  }

  /** Returns the options that are misspelled. */
  List<RouteProblem> problems() {
    return judged(options::problems);
  }

  /** Returns the options that are none, and go to the server. */
  List<RouteProblem> sent() {
    return judged(options::sent);
  }

  private List<RouteProblem> judged(Function<String, List<String>> judge) {
    return places.stream()
        .flatMap(
            place ->
                judge.apply(resolve.apply(place.uri())).stream()
                    .map(text -> new RouteProblem(place.file(), place.line(), text)))
        .toList();
  }
}
