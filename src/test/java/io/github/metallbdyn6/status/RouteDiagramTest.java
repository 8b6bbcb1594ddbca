package io.github.metallbdyn6.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RouteDiagramTest {
  private static RouteView route(String id, String trigger, String... calls) {
    return new RouteView(
        id, "Does " + id + ".", trigger, List.of(calls), new RouteView.Counts(1234, 0), List.of());
  }

  private static String svg(RouteView... routes) {
    return new RouteDiagram(List.of(routes)).svg().html();
  }

  @Test
  void drawsABoxForEachRouteAndALineForEachCall() {
    String svg =
        svg(
            route("watch", "timer", "ask", "plan"),
            route("ask", "direct"),
            route("plan", "direct"));
    assertThat(svg).containsOnlyOnce(">ask</text>").containsOnlyOnce(">plan</text>");
    assertThat(svg.split("<path", -1)).hasSize(1 + 2);
    assertThat(svg).contains("watch: 1,234 runs, calls ask, plan. ask: 1,234 runs.");
  }

  @Test
  void putsARouteToTheRightOfAllItsCallers() {
    String svg =
        svg(route("a", "timer", "b", "c"), route("b", "direct", "c"), route("c", "direct"));
    assertThat(svg).contains("x=\"2\"", "x=\"212\"", "x=\"422\"");
  }

  @Test
  void leavesOutWhatNothingLeadsTo() {
    assertThat(svg(route("watch", "timer", "gone"), route("source-other", "direct")))
        .doesNotContain("source-other</text>", "<path");
  }

  @Test
  void comesToAnEndWhereRoutesCallEachOtherInACircle() {
    assertThat(svg(route("a", "timer", "b"), route("b", "direct", "a", "b")))
        .contains(">a</text>", ">b</text>");
  }

  @Test
  void isEmptyWithoutRoutes() {
    assertThat(svg()).contains("<svg").doesNotContain("<rect");
  }

  @Test
  void escapesWhatRoutesSay() {
    assertThat(svg(route("<b>", "timer"))).contains("&lt;b&gt;").doesNotContain("<b>");
  }
}
