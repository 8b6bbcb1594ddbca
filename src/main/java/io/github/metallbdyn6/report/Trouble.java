package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.pool.PauseOrder;
import io.github.metallbdyn6.text.Sentence;
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

  private static final DateTimeFormatter MINUTE = times("yyyy-MM-dd HH:mm 'UTC'");
  private static final DateTimeFormatter SECOND = times("yyyy-MM-dd HH:mm:ss 'UTC'");

  private static DateTimeFormatter times(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

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

  /** Tells whether the program waits, on purpose or for MetalLB, so that nothing has failed. */
  public boolean isHold() {
    return why.isHold();
  }

  /** Tells whether the pool is kept as it is on purpose. */
  public boolean isKeptOnPurpose() {
    return isHold() && !isWaitForMetalLb();
  }

  /** Tells whether the pool is right, and MetalLB does not know it yet. */
  public boolean isWaitForMetalLb() {
    return isHold() && area() == Area.METALLB;
  }

  /** Returns what a hold is to the pool, as the beginning of a sentence. */
  String holdInWords() {
    return isWaitForMetalLb() ? "the handover waits for MetalLB" : "the pool is held as it is";
  }

  static String second(Instant time) {
    return SECOND.format(time);
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
    return Sentence.of(toTellInShort()) + " " + advice();
  }

  private String toTellInShort() {
    if (passes > 1) {
      return "the same for %d passes now: %s".formatted(passes, reason());
    }
    return isHold() ? holdInWords() + ": " + text() : "pass failed: " + reason();
  }
}
