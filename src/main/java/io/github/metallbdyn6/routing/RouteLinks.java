package io.github.metallbdyn6.routing;

import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;
import org.apache.camel.support.PatternHelper;

/**
 * The calls among the routes. Camel finds most of it only when a step runs, and runs a route
 * without its failure policy if that is missing.
 */
final class RouteLinks {
  /** The route that begins every pass: without it the program would do nothing. */
  private static final String FIRST = "run-pass";

  private static final String FIRST_FILE = "0-run-pass.camel.yaml";
  private static final String DIRECT = "direct:";
  private static final String SOURCE = "direct:source-";
  private static final String SOURCE_FILE = "source-";

  private final CamelContext context;
  private final RouteNames names;
  private final RouteCircles circles;
  private final List<RouteProblem> problems;

  private RouteLinks(CamelContext context, RouteSet set) {
    this.context = context;
    this.names = RouteNames.of(set, this::name);
    this.circles = new RouteCircles(this::name);
    set.files().forEach(file -> file.routes().forEach(circles::take));
    this.problems = new ArrayList<>(names.problems());
  }

  /** Returns what is missing or there twice. */
  static List<RouteProblem> problems(CamelContext context, RouteSet set) {
    RouteLinks links = new RouteLinks(context, set);
    links.policies().forEach(policy -> policy.getOnExceptions().forEach(links::requireExceptions));
    set.files().forEach(file -> file.routes().forEach(route -> links.check(file.name(), route)));
    set.files().forEach(file -> file.templatedRoutes().forEach(links::requireSource));
    links.problems.addAll(links.options(set).problems());
    links.requireBeginning(set);
    return links.problems;
  }

  /** Returns what is right, but may surprise. */
  static List<RouteProblem> notes(CamelContext context, RouteSet set) {
    return new RouteLinks(context, set).options(set).sent();
  }

  private RouteOptions options(RouteSet set) {
    return new RouteOptions(context, set, policies(), this::resolved);
  }

  /** Routes that nothing begins would run well, and do nothing. A source only answers. */
  private void requireBeginning(RouteSet set) {
    if (!names.hasId(FIRST)) {
      add(FIRST_FILE, 0, "no route has the id run-pass, which begins every pass");
    } else if (set.files().stream()
        .noneMatch(file -> file.hasTrigger() && !file.name().startsWith(SOURCE_FILE))) {
      add(
          FIRST_FILE,
          0,
          "no route begins passes by itself, as one from timer does that calls the bean passes");
    }
  }

  private void check(String file, RouteDefinition route) {
    requirePolicy(file, route);
    circles.circleFrom(route).ifPresent(circle -> add(file, route.getLineNumber(), circle));
    ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), SendDefinition.class)
        .forEach(call -> requireTarget(file, call));
  }

  private List<RouteConfigurationDefinition> policies() {
    return ((ModelCamelContext) context).getRouteConfigurationDefinitions();
  }

  private void requirePolicy(String file, RouteDefinition route) {
    String wanted = route.getRouteConfigurationId();
    if (wanted != null
        && policies().stream()
            .noneMatch(policy -> PatternHelper.matchPattern(policy.getId(), wanted))) {
      add(file, route.getLineNumber(), "there is no routeConfiguration with the id " + wanted);
    }
  }

  /** Camel would blame the first step of a route that the policy is for. */
  private void requireExceptions(OnExceptionDefinition handler) {
    handler.getExceptions().stream()
        .filter(name -> context.getClassResolver().resolveClass(name) == null)
        .forEach(
            name ->
                add(
                    String.valueOf(handler.getLocation()).replaceFirst("^file:", ""),
                    handler.getLineNumber(),
                    "there is no class " + name));
  }

  private void requireTarget(String file, SendDefinition<?> call) {
    String target = name(call.getEndpointUri());
    if (target.startsWith(DIRECT) && !names.isStart(target)) {
      add(file, call.getLineNumber(), "no route starts from " + target + names.question(target));
    }
  }

  /** The template that asks a source calls the source's own route. */
  private void requireSource(TemplatedRouteDefinition ask) {
    ask.getParameters().stream()
        .filter(parameter -> "source".equals(parameter.getName()))
        .map(parameter -> SOURCE + parameter.getValue())
        .filter(target -> !names.isStart(target))
        .forEach(target -> add("METALLB_DYN6_SOURCE", 0, "no route starts from " + target));
  }

  /** Returns where the URI leads, without its options; a placeholder without a value stays. */
  private String name(String uri) {
    return resolved(uri).replaceFirst("\\?.*", "").replace("://", ":");
  }

  private String resolved(String uri) {
    try {
      return context.resolvePropertyPlaceholders(uri);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private void add(String file, int line, String reason) {
    problems.add(new RouteProblem(file, line, reason));
  }
}
