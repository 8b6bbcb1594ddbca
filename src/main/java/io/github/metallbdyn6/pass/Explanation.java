package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.text.ForeignText;
import io.github.metallbdyn6.text.Wording;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * The failure of a pass, for people.
 *
 * @param area what is to blame
 * @param kind by what the same failure is known again: what failed, and where; never a text that is
 *     not the program's own
 * @param text the same in one line, for people
 * @param advice what to do; empty where the area says enough
 * @param isHold whether the pool is kept as it is on purpose
 * @param refusal why the source's answer was refused, if it was
 * @param unreachable whether a network is in the way
 * @param step where it happened, if that is known
 */
public record Explanation(
    Area area,
    String kind,
    String text,
    String advice,
    boolean isHold,
    Optional<RefusedAnswer.Reason> refusal,
    boolean unreachable,
    Optional<FailedStep> step) {

  /** The area that is to blame for a pass that does not succeed. */
  public enum Area {
    /** A source of the prefix. */
    SOURCE,
    /** The user's orders: the rules for a restless source, a pause, a pool entry in the way. */
    RULE,
    /** The Kubernetes API, or what it says about the pool. */
    CLUSTER,
    /** MetalLB's pods. */
    METALLB,
    /** This program or its routes. */
    PROGRAM,
    /** The process: after an {@link Error} nobody knows what of it still works. */
    PROCESS
  }

  /** Explains a failure that is told in the program's own words: these are its kind. */
  public static Explanation failure(Area area, String text) {
    return failure(area, Wording.of(text), text);
  }

  /** Explains a failure. */
  public static Explanation failure(Area area, String kind, String text) {
    return new Explanation(area, kind, text, "", false, Optional.empty(), false, Optional.empty());
  }

  /** Explains why a source's answer is refused. */
  public static Explanation refused(RefusedAnswer.Reason reason, String message) {
    String kind =
        "the source's answer is refused (%s)".formatted(reason.name().toLowerCase(Locale.ROOT));
    return new Explanation(
        Area.SOURCE,
        kind,
        kind + ": " + message,
        "",
        true,
        Optional.of(reason),
        false,
        Optional.empty());
  }

  /** Explains why a change is held. */
  public static Explanation held(String kind, String text, String advice) {
    return new Explanation(
        Area.RULE, kind, text, advice, true, Optional.empty(), false, Optional.empty());
  }

  /** Returns the same hold as one that MetalLB is to end. */
  public Explanation untilMetalLb() {
    return new Explanation(Area.METALLB, kind, text, advice, isHold, refusal, unreachable, step);
  }

  /** Returns the same failure as one of a network. */
  public Explanation byNetwork() {
    return new Explanation(area, kind, text, advice, isHold, refusal, true, step);
  }

  /** Returns the same failure with more words, as one that no network is to blame for. */
  public Explanation andThen(String words) {
    return new Explanation(area, kind, text + words, advice, isHold, refusal, false, step);
  }

  /** Returns the same failure with this advice, unless it has one. */
  public Explanation advised(String otherwise) {
    return new Explanation(
        area,
        kind,
        text,
        advice.isEmpty() ? otherwise : advice,
        isHold,
        refusal,
        unreachable,
        step);
  }

  /** Returns the same failure as one of this step; a hold is a decision, and no step's failure. */
  public Explanation in(Optional<FailedStep> where) {
    if (isHold || step.isPresent() || where.isEmpty()) {
      return this;
    }
    String place = kind + " in " + where.get().id();
    return new Explanation(area, place, text, advice, isHold, refusal, unreachable, where);
  }

  /** Returns an exception's type and message in one line, without secrets. */
  public static String nameOf(Throwable failure) {
    String type = failure.getClass().getSimpleName();
    if (failure.getMessage() == null) {
      return type;
    }
    String message = ForeignText.of(messageOf(failure));
    return failure.getClass().equals(IOException.class) ? message : type + ": " + message;
  }

  /** Returns the first line of an exception's message. */
  public static String messageOf(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }

  /** Returns the words before the first colon: what a text is about, without its values. */
  public static String beforeColon(String text) {
    return text.replaceFirst(": .*", "");
  }
}
