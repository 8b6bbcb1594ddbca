package io.github.metallbdyn6.status;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Camel route as it is shown.
 *
 * @param id its id
 * @param description its description
 * @param trigger what starts it: {@code direct} when another route calls it, else a component such
 *     as {@code timer}
 * @param calls the ids of the routes that it calls, in order
 * @param counts how often it has run
 * @param steps its steps, in order
 */
public record RouteView(
    String id,
    String description,
    String trigger,
    List<String> calls,
    Counts counts,
    List<StepView> steps) {

  public RouteView {
    calls = List.copyOf(calls);
    steps = List.copyOf(steps);
  }

  /** Tells whether it runs only when another route calls it. */
  @JsonIgnore
  public boolean isCalled() {
    return trigger.equals("direct");
  }

  /**
   * A step of a route.
   *
   * @param id its id
   * @param description its description
   * @param kind what it is in Camel's words, such as {@code bean}
   * @param depth how many steps it is nested in
   * @param counts how often it has run; null for what Camel does not count, such as a clause
   */
  public record StepView(
      String id, String description, String kind, int depth, @Nullable Counts counts) {}

  /**
   * How often something has run.
   *
   * @param exchanges how often in all
   * @param failed how often of these it failed
   */
  public record Counts(long exchanges, long failed) {
    static final Counts NONE = new Counts(0, 0);
  }
}
