package io.github.metallbdyn6.status;

import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.status.RouteView.Counts;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedPerformanceCounterMBean;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.jspecify.annotations.Nullable;

/**
 * Camel's routes as they are now: their shape from its model, their counts from its management. Of
 * endpoints only those between routes are looked at, since others may hold secrets.
 */
public final class RouteViews {
  private static final String CALL = "direct:";

  /** The bean that runs passes, and the route that is one. */
  private static final String PASSES = "passes";

  private static final String RUN_PASS = "run-pass";

  /** The bean that tells followers, and how their routes' ids begin. */
  private static final String FOLLOWERS = "followers";

  private static final String FOLLOWER = "follower-";

  private final CamelContext context;
  private final Set<String> idle;

  /** Shows the routes of a context; those that cannot run with these settings as called by none. */
  public RouteViews(CamelContext context, Settings settings) {
    this.context = context;
    this.idle = IdleRoutes.of(settings);
  }

  public List<RouteView> all() {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    Map<String, RouteView> byId =
        List.copyOf(model.getRouteDefinitions()).stream()
            .map(this::view)
            .collect(
                Collectors.toMap(
                    RouteView::id, Function.identity(), (one, other) -> one, TreeMap::new));
    Set<RouteView> ordered = new LinkedHashSet<>();
    byId.values().stream()
        .filter(route -> !route.isCalled())
        .forEach(route -> addWithCalls(route, byId, ordered));
    ordered.addAll(byId.values());
    return List.copyOf(ordered);
  }

  private static void addWithCalls(
      RouteView route, Map<String, RouteView> byId, Set<RouteView> ordered) {
    if (ordered.add(route)) {
      route.calls().stream()
          .map(byId::get)
          .filter(Objects::nonNull)
          .forEach(called -> addWithCalls(called, byId, ordered));
    }
  }

  private RouteView view(RouteDefinition route) {
    List<RouteView.StepView> steps = new ArrayList<>();
    Set<String> calls = new LinkedHashSet<>();
    walk(failuresLast(route.getOutputs()), 0, steps, calls);
    Set<String> named =
        calls.stream()
            .map(call -> resolve(call, route))
            .filter(call -> !idle.contains(call))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    Counts counts = counts(management().getManagedRoute(route.getRouteId()));
    return new RouteView(
        route.getRouteId(),
        descriptionOf(route),
        scheme(route.getInput().getEndpointUri()),
        List.copyOf(named),
        Objects.requireNonNullElse(counts, Counts.NONE),
        steps);
  }

  private void walk(
      Collection<ProcessorDefinition<?>> nodes,
      int depth,
      List<RouteView.StepView> steps,
      Set<String> calls) {
    for (ProcessorDefinition<?> node : nodes) {
      steps.add(
          new RouteView.StepView(
              node.getId(),
              descriptionOf(node),
              node.getShortName(),
              depth,
              counts(management().getManagedProcessor(node.getId()))));
      if (node instanceof SendDefinition<?> send && send.getEndpointUri().startsWith(CALL)) {
        calls.add(send.getEndpointUri().substring(CALL.length()));
      }
      if (node instanceof RecipientListDefinition || node instanceof DynamicRouterDefinition) {
        calls.addAll(madeFromTemplates());
      }
      if (node instanceof BeanDefinition bean && PASSES.equals(bean.getRef())) {
        calls.add(RUN_PASS);
      }
      if (node instanceof BeanDefinition bean && FOLLOWERS.equals(bean.getRef())) {
        calls.addAll(followers());
      }
      walk(node.getOutputs(), depth + 1, steps, calls);
    }
  }

  /**
   * The target of such a step is known when the step runs; in our routes it is one for each source.
   */
  private List<String> madeFromTemplates() {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return model.getRouteDefinitions().stream()
        .filter(route -> route.getTemplateParameters() != null)
        .map(RouteDefinition::getRouteId)
        .toList();
  }

  private List<String> followers() {
    Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
    return model.getRouteDefinitions().stream()
        .map(RouteDefinition::getRouteId)
        .filter(id -> id.startsWith(FOLLOWER))
        .toList();
  }

  /** The handling of failures stands first in the model, but no pass begins there. */
  private static List<ProcessorDefinition<?>> failuresLast(List<ProcessorDefinition<?>> nodes) {
    return nodes.stream()
        .sorted(Comparator.comparing(OnExceptionDefinition.class::isInstance))
        .toList();
  }

  /** A route that was made from a template knows what its placeholders stand for. */
  private String resolve(String call, RouteDefinition route) {
    String resolved = call;
    if (route.getTemplateParameters() != null) {
      for (Map.Entry<String, Object> parameter : route.getTemplateParameters().entrySet()) {
        resolved =
            resolved.replace("{{" + parameter.getKey() + "}}", parameter.getValue().toString());
      }
    }
    return context.resolvePropertyPlaceholders(resolved);
  }

  private ManagedCamelContext management() {
    return context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
  }

  private static String scheme(String uri) {
    return uri.replaceFirst(":.*", "");
  }

  private static String descriptionOf(NamedNode node) {
    return Objects.requireNonNullElse(node.getDescriptionText(), "");
  }

  private static @Nullable Counts counts(@Nullable ManagedPerformanceCounterMBean counter) {
    return counter == null
        ? null
        : new Counts(
            counter.getExchangesTotal(),
            counter.getExchangesFailed() + counter.getFailuresHandled());
  }
}
