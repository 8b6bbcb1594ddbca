package io.github.metallbdyn6.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.metallbdyn6.status.PoolView.Checks;
import io.github.metallbdyn6.status.PoolView.Entry;
import io.github.metallbdyn6.status.PoolView.Event;
import io.github.metallbdyn6.status.PoolView.Pool;
import io.github.metallbdyn6.status.PoolView.Reason;
import io.github.metallbdyn6.status.PoolView.Retiring;
import io.github.metallbdyn6.status.RouteView.Counts;
import io.github.metallbdyn6.status.RouteView.StepView;
import io.github.metallbdyn6.status.StatusView.Program;
import io.github.metallbdyn6.status.StatusView.Source;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A status in which nothing is unknown, and no list empty. */
final class FullStatus {
  private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
  private static final Instant EARLIER = AT.minusSeconds(180);

  /** A text that would be a script, if it were not escaped. */
  static final String HOSTILE = "'\"><script>window.hit=1</script>&amp;{title}$1\\<!--";

  private FullStatus() {}

  /** Returns what fills the page, with this instead of every text in it, whoever wrote it. */
  static ObjectNode withTexts(String text) {
    return (ObjectNode) withTexts(StatusPage.values(view(12, 10)), text);
  }

  private static JsonNode withTexts(JsonNode value, String text) {
    if (value instanceof ObjectNode object) {
      object.properties().forEach(it -> it.setValue(withTexts(it.getValue(), text)));
    } else if (value instanceof ArrayNode list) {
      IntStream.range(0, list.size()).forEach(it -> list.set(it, withTexts(list.get(it), text)));
    }
    boolean isTime = value.asText().matches("2026-.*Z");
    return value.isTextual() && !isTime ? TextNode.valueOf(text) : value;
  }

  static StatusView view(int services, int events) {
    return view(services, events, reason("source", 3), List.of(reason("routes", 0)));
  }

  static StatusView with(@Nullable Reason trouble, List<Reason> concerns) {
    return view(1, 1, trouble, concerns);
  }

  private static StatusView view(
      int services, int events, @Nullable Reason trouble, List<Reason> concerns) {
    PoolView one =
        new PoolView(
            State.FAILING,
            State.FAILING.title(),
            State.FAILING.summary(),
            pool(),
            new Checks(300, EARLIER, EARLIER, EARLIER),
            trouble,
            concerns,
            new ServicesView(true, Map.of("moving", 1L), Collections.nCopies(services, service())),
            Collections.nCopies(events, new Event(EARLIER, "poolPatched", "the pool was patched")));
    return new StatusView(
        AT,
        one,
        new Program("1.2.3", EARLIER, 180, true),
        new StatusView.Leader("metallb-dyn6-7c9f5d6b8-x2k4p", false, EARLIER),
        new Source("my-ip", "failing", "2001:db8:b::/64", EARLIER, List.of("my-ip"), 3600L, 7200L),
        List.of(
            new FollowerView(
                "webhook",
                "failing",
                "2001:db8:a::/64",
                EARLIER,
                "2001:db8:b::/64",
                "it answered 503",
                AT)),
        List.of(
            route("begin-pass", "timer", List.of("run-pass")),
            route("run-pass", "direct", List.of())),
        List.of(one));
  }

  private static Pool pool() {
    return new Pool(
        "metallb-system",
        "public",
        EARLIER,
        false,
        "2001:db8:b::1000-2001:db8:b::1999",
        true,
        EARLIER,
        List.of(new Entry("2001:db8:a::1000-2001:db8:a::1999", true, EntryRole.RETIRING)),
        List.of(
            new Retiring("2001:db8:a::1000-2001:db8:a::1999", EARLIER, AT, List.of("home/mail"))));
  }

  static Reason reason(String area, int checks) {
    return new Reason(area, "it answered 503", "Look at it.", false, EARLIER, checks);
  }

  private static ServicesView.Line service() {
    return new ServicesView.Line(
        "home/mail",
        "moving",
        "moving",
        List.of("192.0.2.10", "2001:db8:a::1010"),
        "2001:db8:a::1010",
        EARLIER,
        "it moves",
        "Wait for it.");
  }

  private static RouteView route(String id, String trigger, List<String> calls) {
    Counts counts = new Counts(1234, 5);
    return new RouteView(
        id,
        "Runs a pass.",
        trigger,
        calls,
        counts,
        List.of(new StepView(id + "-step", "Calls it.", "to", 0, counts)));
  }
}
