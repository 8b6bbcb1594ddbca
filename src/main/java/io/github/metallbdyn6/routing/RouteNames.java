package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.routing.RouteSet.ParsedFile;
import io.github.metallbdyn6.text.Misspelling;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.model.TemplatedRouteDefinition;

/**
 * The names of routes and steps, and what routes start from, in the files and in what is made from
 * a template. Camel lets the last of two routes with one id take the place of the other without a
 * word: the program would go on without one of its steps, or call itself in a circle.
 */
final class RouteNames {
  private record Template(String file, RouteTemplateDefinition definition) {}

  private static final String DIRECT = "direct:";

  private final UnaryOperator<String> resolve;
  private final Map<String, String> filesByStart = new HashMap<>();
  private final Map<String, String> filesById = new HashMap<>();
  private final Map<String, Template> templates = new HashMap<>();
  private final List<RouteProblem> problems = new ArrayList<>();

  private RouteNames(UnaryOperator<String> resolve) {
    this.resolve = resolve;
  }

  /**
   * Reads the names in all files.
   *
   * @param resolve returns where a URI leads, without its options
   */
  static RouteNames of(RouteSet set, UnaryOperator<String> resolve) {
    RouteNames names = new RouteNames(resolve);
    set.files().forEach(names::takeTemplates);
    set.files().forEach(file -> file.routes().forEach(route -> names.take(file.name(), route)));
    set.files()
        .forEach(file -> file.templatedRoutes().forEach(made -> names.take(file.name(), made)));
    return names;
  }

  private void takeTemplates(ParsedFile file) {
    for (RouteTemplateDefinition template : file.templates()) {
      String id = template.getId();
      Template other = templates.putIfAbsent(id, new Template(file.name(), template));
      if (other != null) {
        add(
            file.name(),
            template.getLineNumber(),
            "another template has the id %s, too, in %s".formatted(id, other.file()));
      }
    }
  }

  private void take(String file, RouteDefinition route) {
    takeStart(file, route.getLineNumber(), resolve.apply(route.getInput().getEndpointUri()));
    boolean isFirst = true;
    for (String id : ids(route)) {
      isFirst = takeId(file, route.getLineNumber(), id, isFirst);
    }
  }

  /** A template that is not there is missed by Camel itself. */
  private void take(String file, TemplatedRouteDefinition made) {
    Template template = templates.get(made.getRouteTemplateRef());
    if (template == null) {
      return;
    }
    String where = "%s, a route made from %s".formatted(file, template.file());
    RouteDefinition route = template.definition().asRouteDefinition();
    String start = resolve.apply(filled(route.getInput().getEndpointUri(), made));
    takeStart(where, 0, start);
    boolean isFirst = takeId(where, 0, made.getRouteId(), true);
    for (String id : ids(route)) {
      isFirst = takeId(where, 0, made.getPrefixId() + "-" + id, isFirst);
    }
  }

  private static List<String> ids(RouteDefinition route) {
    return ProcessorDefinitionHelper.gatherAllNodeIds(route, new ArrayList<>(), true, false);
  }

  private static String filled(String uri, TemplatedRouteDefinition made) {
    String filled = uri;
    for (var parameter : made.getParameters()) {
      filled = filled.replace("{{" + parameter.getName() + "}}", parameter.getValue());
    }
    return filled;
  }

  private void takeStart(String file, int line, String start) {
    Optional<String> other = Optional.ofNullable(filesByStart.putIfAbsent(start, file));
    if (start.startsWith(DIRECT)) {
      other.ifPresent(
          it -> add(file, line, "another route starts from %s, too, in %s".formatted(start, it)));
    }
  }

  /**
   * Notes an id. Only the first id of a copied file is reported.
   *
   * @return whether none was reported so far
   */
  private boolean takeId(String file, int line, String id, boolean isFirst) {
    String other = filesById.putIfAbsent(id, file);
    if (other == null || !isFirst) {
      return isFirst;
    }
    add(file, line, "the id %s is taken already, in %s".formatted(id, other));
    return false;
  }

  private void add(String file, int line, String reason) {
    problems.add(new RouteProblem(file, line, reason));
  }

  /** Returns what is there twice. */
  List<RouteProblem> problems() {
    return List.copyOf(problems);
  }

  /** Returns a question to put behind the complaint that no route starts from an endpoint. */
  String question(String endpoint) {
    return Misspelling.question(endpoint, filesByStart.keySet());
  }

  /** Tells whether a route or step has this id. */
  boolean hasId(String id) {
    return filesById.containsKey(id);
  }

  /** Tells whether a route starts from this endpoint. */
  boolean isStart(String endpoint) {
    return filesByStart.containsKey(endpoint);
  }
}
