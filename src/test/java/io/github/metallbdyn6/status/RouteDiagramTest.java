package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.status.RouteDiagram.Box;
import io.github.metallbdyn6.status.RouteDiagram.Line;
import io.github.metallbdyn6.status.RouteDiagram.Picture;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouteDiagramTest {
  private static RouteView route(String id, String trigger, String... calls) {
    return route(id, trigger, new RouteView.Counts(1234, 0), calls);
  }

  private static RouteView route(
      String id, String trigger, RouteView.Counts counts, String... calls) {
    return new RouteView(id, "Does " + id + ".", trigger, List.of(calls), counts, List.of());
  }

  private static Picture draw(RouteView... routes) {
    return RouteDiagram.of(List.of(routes));
  }

  private static List<String> boxes(Picture picture) {
    return picture.boxes().stream().map(box -> box.route().id()).toList();
  }

  @Test
  void drawsABoxForEachRouteAndALineForEachCall() {
    Picture picture =
        draw(
            route("watch", "timer", "ask", "plan"),
            route("ask", "direct"),
            route("plan", "direct"));
    assertThat(boxes(picture)).containsExactly("watch", "ask", "plan");
    assertThat(picture.lines()).hasSize(2);
    assertThat(picture.width()).isEqualTo(2 + 210 + 168 + 2);
    assertThat(picture.height()).isEqualTo(2 + 74 + 54 + 2);
    assertThat(picture.lines())
        .contains(new Line("used", 2 + 168, 2 + 37 + 27, 2 + 168 + 21, 2 + 210, 2 + 27));
  }

  @Test
  void putsARouteToTheRightOfAllItsCallers() {
    assertThat(
            draw(route("a", "timer", "b", "c"), route("b", "direct", "c"), route("c", "direct"))
                .boxes())
        .extracting(Box::x)
        .containsExactly(2, 212, 422);
  }

  @Test
  void tellsWhatNeverRanFromWhatFailed() {
    Picture picture =
        draw(
            route("a", "timer", "b", "c"),
            route("b", "direct", new RouteView.Counts(0, 0)),
            route("c", "direct", new RouteView.Counts(5, 1)));
    assertThat(picture.boxes())
        .extracting(Box::style)
        .containsExactly("used", "never", "used failed");
    assertThat(picture.lines()).extracting(Line::style).containsExactly("never", "used");
  }

  @Test
  void leavesOutWhatNothingLeadsTo() {
    Picture picture = draw(route("watch", "timer", "gone"), route("source-other", "direct"));
    assertThat(boxes(picture)).containsExactly("watch");
    assertThat(picture.lines()).isEmpty();
  }

  @Test
  void comesToAnEndWhereRoutesCallEachOtherInACircle() {
    assertThat(boxes(draw(route("a", "timer", "b"), route("b", "direct", "a", "b"))))
        .containsExactly("a", "b");
  }

  @Test
  void isEmptyWithoutRoutes() {
    assertThat(draw().boxes()).isEmpty();
  }
}
