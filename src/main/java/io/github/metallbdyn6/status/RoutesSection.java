package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.id;
import static io.github.metallbdyn6.status.Markup.join;
import static io.github.metallbdyn6.status.Markup.nothing;
import static io.github.metallbdyn6.status.Markup.styled;
import static io.github.metallbdyn6.status.Markup.text;

import io.github.metallbdyn6.status.RouteView.Counts;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The routes: a picture for the eye, and a list that says the same and more. */
final class RoutesSection {
  private static final int DEEPEST_INDENT = 5;

  private RoutesSection() {}

  static Markup of(List<RouteView> routes) {
    return element(
        "section",
        id("routes"),
        styled("card"),
        attribute("aria-labelledby", "routes-title"),
        element("h2", id("routes-title"), text("Routes")),
        element(
            "figure",
            new RouteDiagram(routes).svg(),
            element(
                "figcaption",
                styled("faint"),
                text(
                    "Each box is a route with how often it has run since the start; the lines are its calls. Below is the same as a list, with every step."))),
        element(
            "div", styled("route-list"), join(routes.stream().map(RoutesSection::route).toList())));
  }

  private static Markup route(RouteView route) {
    return element(
        "details",
        id("route-" + route.id()),
        element("summary", element("code", text(route.id())), counts(route.counts())),
        element("p", text(route.description())),
        element("p", styled("faint"), text(connections(route))),
        element("ol", join(route.steps().stream().map(RoutesSection::step).toList())));
  }

  private static String connections(RouteView route) {
    String start =
        route.isCalled() ? "Called by other routes." : "Started by: " + route.trigger() + ".";
    return route.calls().isEmpty()
        ? start
        : "%s Calls: %s.".formatted(start, String.join(", ", route.calls()));
  }

  private static Markup step(RouteView.StepView step) {
    return element(
        "li",
        styled("depth-" + Math.min(step.depth(), DEEPEST_INDENT)),
        element(
            "div",
            element("code", text(step.id())),
            element(
                "span",
                styled("faint"),
                text(" %s: %s".formatted(step.kind(), step.description())))),
        counts(step.counts()));
  }

  private static Markup counts(@Nullable Counts counts) {
    return counts == null
        ? nothing()
        : element(
            "span",
            styled(counts.exchanges() == 0 ? "counts never" : "counts"),
            text(runs(counts)),
            element("b", text(failures(counts))));
  }

  static String runs(Counts counts) {
    return counts.exchanges() == 1 ? "1 run" : number(counts.exchanges()) + " runs";
  }

  /** Returns nothing where nothing has failed. */
  static String failures(Counts counts) {
    return counts.failed() == 0 ? "" : ", " + number(counts.failed()) + " failed";
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
