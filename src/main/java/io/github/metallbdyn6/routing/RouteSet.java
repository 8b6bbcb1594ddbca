package io.github.metallbdyn6.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * The routes of all files, parsed for a context in which there are no others. Each step goes on
 * with the next file when one is wrong, so that all problems are found together.
 */
final class RouteSet {
  /** A file without a problem so far. */
  record ParsedFile(String name, RouteConfigurationBuilder content) {
    List<RouteDefinition> routes() {
      return content.getRouteCollection().getRoutes();
    }

    List<TemplatedRouteDefinition> templatedRoutes() {
      return content.getTemplatedRouteCollection().getTemplatedRoutes();
    }

    List<RouteTemplateDefinition> templates() {
      return content.getRouteTemplateCollection().getRouteTemplates();
    }

    boolean hasTrigger() {
      return routes().stream().anyMatch(ParsedFile::isTrigger);
    }

    static boolean isTrigger(RouteDefinition route) {
      return !route.getInput().getEndpointUri().startsWith("direct:");
    }
  }

  private interface Step {
    void take(RouteConfigurationBuilder content) throws Exception;
  }

  private final CamelContext context;
  private final List<ParsedFile> files = new ArrayList<>();
  private final List<RouteProblem> problems = new ArrayList<>();

  private RouteSet(CamelContext context) {
    this.context = context;
  }

  /** Parses every file. Configurations come first, since they become part of every route. */
  static RouteSet parse(CamelContext context, RouteFiles files) {
    RouteSet set = new RouteSet(context);
    set.problems.addAll(files.unreadable());
    files.texts().forEach(set::load);
    set.each(content -> content.addRouteConfigurationsToCamelContext(context));
    set.each(
        content -> content.configureRoutes(context).getRoutes().forEach(RouteSet::requireUris));
    return set;
  }

  /** Camel itself would stumble over what is not there. */
  private static void requireUris(RouteDefinition route) {
    FromDefinition from = route.getInput();
    if (from == null || from.getEndpointUri() == null) {
      throw new IllegalArgumentException("a route needs a from with a uri");
    }
    for (SendDefinition<?> call :
        ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)) {
      if (call.getEndpointUri() == null) {
        throw new IllegalArgumentException(call.getShortName() + " needs a uri");
      }
    }
  }

  private void load(String name, String text) {
    try {
      for (RoutesBuilder content :
          PluginHelper.getRoutesLoader(context)
              .findRoutesBuilders(ResourceHelper.fromString("file:" + name, text))) {
        files.add(new ParsedFile(name, (RouteConfigurationBuilder) content));
      }
    } catch (Exception | LinkageError | StackOverflowError e) {
      problems.add(RouteProblem.of(name, e));
    }
  }

  /**
   * Adds the routes to the context. In one that runs a timer begins at once, so what it calls must
   * be there by then.
   */
  void add() {
    files.forEach(file -> file.routes().sort(Comparator.comparing(ParsedFile::isTrigger)));
    files.sort(Comparator.comparing(ParsedFile::hasTrigger));
    each(context::addRoutes);
    each(context::addTemplatedRoutes);
  }

  private void each(Step step) {
    files.removeIf(
        file -> {
          try {
            step.take(file.content());
            return false;
          } catch (Exception | LinkageError | StackOverflowError e) {
            problems.add(locate(file, RouteProblem.of(file.name(), e), e));
            return true;
          }
        });
  }

  /** Camel names the step in its message; the step knows where it was written. */
  private static RouteProblem locate(ParsedFile file, RouteProblem problem, Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    return file.routes().stream()
        .flatMap(route -> route.getOutputs().stream())
        .filter(step -> message.contains(">>> " + step + " <<<"))
        .findFirst()
        .map(step -> new RouteProblem(fileOf(step, file), step.getLineNumber(), problem.reason()))
        .orElse(problem);
  }

  /**
   * A step of a routeConfiguration stands in another file than the route that it became part of.
   */
  private static String fileOf(ProcessorDefinition<?> step, ParsedFile file) {
    return Objects.requireNonNullElse(step.getLocation(), file.name()).replaceFirst("^file:", "");
  }

  /** Returns the names of the beans that the routes can refer to. */
  Set<String> beans() {
    return context.getRegistry().findByTypeWithName(Object.class).keySet();
  }

  /** Returns the files without a problem so far. */
  List<ParsedFile> files() {
    return List.copyOf(files);
  }

  List<RouteProblem> problems() {
    return List.copyOf(problems);
  }
}
