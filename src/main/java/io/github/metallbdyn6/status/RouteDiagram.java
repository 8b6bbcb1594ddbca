package io.github.metallbdyn6.status;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** All that is drawn, in pixels. */
  record Picture(
      int width, int height, int boxWidth, int boxHeight, List<Box> boxes, List<Line> lines) {}

  /** A route, by the upper left corner of its box. */
  record Box(int x, int y, String style, RouteView route) {}

  /** A call, from the right side of a box to the left side of another one. */
  record Line(String style, int fromX, int fromY, int bend, int toX, int toY) {}

  static Picture of(List<RouteView> all) {
    return new RouteDiagram(all).picture();
  }

  private RouteDiagram(List<RouteView> all) {
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

  private Picture picture() {
    List<RouteView> drawn =
        routes.values().stream().filter(it -> places.containsKey(it.id())).toList();
    return new Picture(
        width,
        height,
        BOX_WIDTH,
        BOX_HEIGHT,
        drawn.stream().map(this::box).toList(),
        drawn.stream()
            .flatMap(route -> calledBy(route).stream().map(called -> line(route, called)))
            .toList());
  }

  private Box box(RouteView route) {
    Place place = placeOf(route);
    String ran = route.counts().failed() == 0 ? "used" : "used failed";
    return new Box(place.x(), place.y(), isIdle(route) ? "never" : ran, route);
  }

  private Line line(RouteView from, RouteView to) {
    int startX = placeOf(from).x() + BOX_WIDTH;
    int endX = placeOf(to).x();
    return new Line(
        isIdle(from) || isIdle(to) ? "never" : "used",
        startX,
        placeOf(from).y() + BOX_HEIGHT / 2,
        (startX + endX) / 2,
        endX,
        placeOf(to).y() + BOX_HEIGHT / 2);
  }

  private static boolean isIdle(RouteView route) {
    return route.counts().exchanges() == 0;
  }

  private Place placeOf(RouteView route) {
    return places.getOrDefault(route.id(), new Place(0, 0));
  }
}
