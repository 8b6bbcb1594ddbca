package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.pass.FailedStep;
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
 * @param area what is to blame
 * @param kind by what the same trouble is known again
 * @param text the same for people, in one line, with the values of the last pass
 * @param advice what people can do about it
 * @param isHold whether the pool is kept as it is on purpose, since what the program was told is
 *     doubtful
 * @param refusal why the source's answer was refused, if it was
 * @param unreachable whether a network is in the way, so that it may heal at any moment
 * @param since when it began
 * @param passes how many passes in a row it has lasted
 * @param step the step that failed, in words, if one did
 */
public record Trouble(
    Area area,
    String kind,
    String text,
    String advice,
    boolean isHold,
    Optional<RefusedAnswer.Reason> refusal,
    boolean unreachable,
    Instant since,
    int passes,
    Optional<String> step) {

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Returns the trouble of a pass that fails so, after one that was in that trouble. */
  static Trouble after(@Nullable Trouble before, Explanation why, Instant now) {
    Optional<Trouble> same =
        Optional.ofNullable(before).filter(trouble -> trouble.kind().equals(why.kind()));
    return new Trouble(
        why.area(),
        why.kind(),
        why.text(),
        why.advice(),
        why.isHold(),
        why.refusal(),
        why.unreachable(),
        same.map(Trouble::since).orElse(now),
        same.map(trouble -> trouble.passes() + 1).orElse(1),
        why.step().map(FailedStep::inWords));
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
    return new Trouble(
        Area.RULE,
        "passes are paused",
        text,
        advice,
        true,
        Optional.empty(),
        false,
        since,
        0,
        Optional.empty());
  }

  /** Tells whether it is a trouble of the sources, and so of all pools at once. */
  boolean isShared() {
    return area == Area.SOURCE;
  }

  /** Returns the reason, with the step that failed. */
  String reason() {
    return step.map(it -> text + ", in " + it).orElse(text);
  }

  /** Returns reason, begin and advice in one line. */
  public String inWords() {
    return "%s, since %s. %s".formatted(reason(), minute(since), advice).strip();
  }
}
