package io.github.metallbdyn6.status;

import static io.github.metallbdyn6.status.Markup.attribute;
import static io.github.metallbdyn6.status.Markup.element;
import static io.github.metallbdyn6.status.Markup.id;
import static io.github.metallbdyn6.status.Markup.join;
import static io.github.metallbdyn6.status.Markup.styled;
import static io.github.metallbdyn6.status.Markup.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The routes as boxes, callers to the left of those that they call. A route that nothing leads to,
 * such as a source that is not asked, is not drawn.
 */
final class RouteDiagram {
  private static final int BOX_WIDTH = 168;
  private static final int BOX_HEIGHT = 54;
  private static final int COLUMN = 210;
  private static final int ROW = 74;
  private static final int MARGIN = 2;

  private final Map<String, RouteView> routes = new LinkedHashMap<>();
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final Map<String, Place> places = new HashMap<>();
  private final int width;
  private final int height;

  /** The upper left corner of a box. */
  private record Place(int x, int y) {}

  RouteDiagram(List<RouteView> all) {
    all.forEach(route -> routes.put(route.id(), route));
    all.stream().filter(route -> !route.isCalled()).forEach(route -> putInColumn(route, 0));
    List<List<String>> inColumns = new ArrayList<>();
    columns.forEach((route, column) -> listIn(inColumns, column).add(route));
    int rows = inColumns.stream().mapToInt(Collection::size).max().orElse(0);
    width = Math.max(0, inColumns.size() - 1) * COLUMN + BOX_WIDTH + 2 * MARGIN;
    height = Math.max(0, rows - 1) * ROW + BOX_HEIGHT + 2 * MARGIN;
    for (int column = 0; column < inColumns.size(); column++) {
      place(inColumns.get(column), column, rows);
    }
  }

  /** To the right of every caller; a circle of calls ends where there is no column left. */
  private void putInColumn(RouteView route, int column) {
    boolean isFurther = columns.getOrDefault(route.id(), -1) < column;
    if (isFurther && column < routes.size()) {
      columns.put(route.id(), column);
      calledBy(route).forEach(called -> putInColumn(called, column + 1));
    }
  }

  private List<RouteView> calledBy(RouteView route) {
    return route.calls().stream().filter(routes::containsKey).map(routes::get).toList();
  }

  private static List<String> listIn(List<List<String>> columns, int column) {
    while (columns.size() <= column) {
      columns.add(new ArrayList<>());
    }
    return columns.get(column);
  }

  private void place(List<String> inColumn, int column, int rows) {
    int top = MARGIN + (rows - inColumn.size()) * ROW / 2;
    for (int row = 0; row < inColumn.size(); row++) {
      places.put(inColumn.get(row), new Place(MARGIN + column * COLUMN, top + row * ROW));
    }
  }

  Markup svg() {
    return element(
        "svg",
        attribute("viewBox", "0 0 %d %d".formatted(width, height)),
        attribute("role", "img"),
        attribute("aria-labelledby", "diagram-title diagram-text"),
        element("title", id("diagram-title"), text("The routes and the calls between them")),
        element("desc", id("diagram-text"), text(inWords())),
        join(drawn().stream().map(this::lines).toList()),
        join(drawn().stream().map(this::box).toList()));
  }

  private List<RouteView> drawn() {
    return routes.values().stream().filter(route -> places.containsKey(route.id())).toList();
  }

  private String inWords() {
    return drawn().stream().map(RouteDiagram::inWords).collect(Collectors.joining(" "));
  }

  private static String inWords(RouteView route) {
    String calls = route.calls().isEmpty() ? "" : ", calls " + String.join(", ", route.calls());
    return "%s: %s%s%s."
        .formatted(
            route.id(),
            RoutesSection.runs(route.counts()),
            RoutesSection.failures(route.counts()),
            calls);
  }

  private Markup lines(RouteView route) {
    return join(calledBy(route).stream().map(called -> line(route, called)).toList());
  }

  private Markup line(RouteView from, RouteView to) {
    Place start = placeOf(from);
    Place end = placeOf(to);
    int startX = start.x() + BOX_WIDTH;
    int bend = (startX + end.x()) / 2;
    return element(
        "path",
        styled(isIdle(from) || isIdle(to) ? "never" : "used"),
        attribute(
            "d",
            "M%1$d %2$d C%3$d %2$d %3$d %4$d %5$d %4$d"
                .formatted(
                    startX, start.y() + BOX_HEIGHT / 2, bend, end.y() + BOX_HEIGHT / 2, end.x())));
  }

  private Markup box(RouteView route) {
    Place place = placeOf(route);
    return element(
        "g",
        styled(isIdle(route) ? "never" : route.counts().failed() == 0 ? "used" : "used failed"),
        element("title", text(route.description())),
        element(
            "rect",
            attribute("x", place.x()),
            attribute("y", place.y()),
            attribute("width", BOX_WIDTH),
            attribute("height", BOX_HEIGHT),
            attribute("rx", 8)),
        label("name", place, 23, route.id()),
        label(
            "runs",
            place,
            42,
            RoutesSection.runs(route.counts()) + RoutesSection.failures(route.counts())));
  }

  private static Markup label(String style, Place place, int down, String text) {
    return element(
        "text",
        styled(style),
        attribute("x", place.x() + 12),
        attribute("y", place.y() + down),
        text(text));
  }

  private static boolean isIdle(RouteView route) {
    return route.counts().exchanges() == 0;
  }

  private Place placeOf(RouteView route) {
    return places.getOrDefault(route.id(), new Place(0, 0));
  }
}
