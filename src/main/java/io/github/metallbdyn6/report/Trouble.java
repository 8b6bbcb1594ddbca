package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.pool.PauseOrder;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why passes do not succeed at present.
 *
 * @param why the reason, with the values of the last pass
 * @param since when it began
 * @param passes how many passes in a row it has lasted
 */
public record Trouble(Explanation why, Instant since, int passes) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Returns the trouble of a pass that fails so, after one that was in that trouble. */
  static Trouble after(@Nullable Trouble before, Explanation why, Instant now) {
    Optional<Trouble> same =
        Optional.ofNullable(before).filter(trouble -> trouble.kind().equals(why.kind()));
    return new Trouble(
        why,
        same.map(Trouble::since).orElse(now),
        same.map(trouble -> trouble.passes() + 1).orElse(1));
  }

  public Area area() {
    return why.area();
  }

  /** Returns by what the same trouble is known again. */
  public String kind() {
    return why.kind();
  }

  public String text() {
    return why.text();
  }

  public String advice() {
    return why.advice();
  }

  /** Tells whether the pool is kept as it is on purpose. */
  public boolean isHold() {
    return why.isHold();
  }

  static String minute(Instant time) {
    return MINUTE.format(time);
  }

  /** Returns what a pause is to those who look: a hold, by a person. */
  static Trouble pause(Instant since) {
    return pause(
        since,
        "passes are paused",
        "End the pause with the operation resume of PrefixWatch in JMX, or by a restart.");
  }

  /** Returns the same for a pause that the pool's annotation orders. */
  static Trouble pause(Instant since, PauseOrder order) {
    return pause(
        since,
        pauseInWords(order),
        "Remove the annotation %s from the pool to end the pause."
            .formatted(PauseOrder.ANNOTATION));
  }

  /** Says until when passes are paused. */
  static String pauseInWords(PauseOrder order) {
    return "passes are paused" + order.until().map(end -> " until " + minute(end)).orElse("");
  }

  private static Trouble pause(Instant since, String text, String advice) {
    return new Trouble(Explanation.held("passes are paused", text, advice), since, 0);
  }

  /** Tells whether it is a trouble of the sources, and so of all pools at once. */
  boolean isShared() {
    return area() == Area.SOURCE;
  }

  /** Returns the reason, with the step that failed. */
  String reason() {
    return why.step().map(it -> text() + ", in " + it.inWords()).orElse(text());
  }

  /** Returns reason, begin and advice in one line. */
  public String inWords() {
    return "%s, since %s. %s".formatted(reason(), minute(since), advice()).strip();
  }

  /** A hold is no failure: the program does what it is meant to do. */
  String passesInWords() {
    if (passes == 1) {
      return isHold() ? "one that was held" : "one failure";
    }
    String many =
        isHold() ? "%d that were held for the same reason" : "%d failures with the same cause";
    return many.formatted(passes);
  }

  /** Returns what it is, in the sentences of the log. */
  String toTell() {
    if (passes > 1) {
      return "The same for %d passes now: %s. %s".formatted(passes, reason(), advice());
    }
    return isHold()
        ? "The pool is held as it is: %s. %s".formatted(text(), advice())
        : "Pass failed: %s. %s".formatted(reason(), advice());
  }
}
