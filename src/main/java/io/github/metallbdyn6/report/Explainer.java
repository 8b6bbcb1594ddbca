package io.github.metallbdyn6.report;

import static io.github.metallbdyn6.pass.Explanation.beforeColon;
import static io.github.metallbdyn6.pass.Explanation.failure;
import static io.github.metallbdyn6.pass.Explanation.messageOf;
import static io.github.metallbdyn6.pass.Explanation.nameOf;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.metallb.RestartFailed;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.pass.FailedStep;
import io.github.metallbdyn6.pass.SourceBackingOff;
import io.github.metallbdyn6.pool.ChangeHeld;
import io.github.metallbdyn6.pool.PoolConflict;
import io.github.metallbdyn6.pool.WrongPoolRules;
import io.github.metallbdyn6.text.Wording;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.http.base.HttpOperationFailedException;

/** Explains failures to people. */
public final class Explainer {
  private final List<Function<Throwable, Optional<Explanation>>> others;

  /**
   * Explains by itself what the rules refuse.
   *
   * @param others explain the failures of the cluster and of sources
   */
  public Explainer(List<Function<Throwable, Optional<Explanation>>> others) {
    this.others = List.copyOf(others);
  }

  /** Explains the outermost failure that means something to people; Camel wraps some in its own. */
  public Explanation explain(Throwable thrown) {
    Explanation why = reasonFor(thrown);
    return why.advised(why.refusal().map(Advice::on).orElse(Advice.on(why.area())));
  }

  private Explanation reasonFor(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
        .map(this::known)
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> unknown(thrown))
        .in(FailedStep.of(thrown));
  }

  /** Returns why something failed, in a phrase for people. */
  public String reasonOf(Throwable failure) {
    return explain(failure).text();
  }

  private Explanation resting(SourceBackingOff resting) {
    String advice =
        resting.reason() instanceof HttpOperationFailedException
            ? Advice.LET_REST
            : Advice.LET_COME_BACK;
    return reasonFor(resting.reason()).andThen(untilWhen(resting)).advised(advice);
  }

  private Optional<Explanation> known(Throwable failure) {
    if (failure instanceof SourceBackingOff resting) {
      return Optional.of(resting(resting));
    }
    return byRule(failure)
        .or(
            () ->
                others.stream()
                    .map(other -> other.apply(failure))
                    .flatMap(Optional::stream)
                    .findFirst());
  }

  /** Camel wraps what happened in its own words, with the ids of its own objects. */
  private static Explanation unknown(Throwable thrown) {
    Throwable told =
        Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
            .filter(cause -> !cause.getClass().getName().startsWith("org.apache.camel."))
            .findFirst()
            .orElse(thrown);
    return failure(Area.PROGRAM, told.getClass().getName(), nameOf(told));
  }

  private static String untilWhen(SourceBackingOff resting) {
    return "; it is left alone until " + Trouble.second(resting.until());
  }

  private static Optional<Explanation> byRule(Throwable failure) {
    if (failure instanceof Error error) {
      String text = "%s; %s".formatted(nameOf(error), Advice.on(error));
      return Optional.of(failure(Area.PROCESS, error.getClass().getName(), text));
    }
    if (failure instanceof RefusedAnswer refused) {
      return Optional.of(Explanation.refused(refused.reason(), messageOf(refused)));
    }
    if (failure instanceof ChangeHeld held) {
      Explanation why = held(messageOf(held), Advice.on(held.reason()));
      return Optional.of(held.reason() == ChangeHeld.Reason.METALLB ? why.untilMetalLb() : why);
    }
    if (failure instanceof WrongPoolRules) {
      return Optional.of(held(messageOf(failure), Advice.CORRECT_POOL_RULES));
    }
    if (failure instanceof PoolConflict) {
      return Optional.of(held(messageOf(failure), Advice.MAKE_ROOM));
    }
    if (failure instanceof RestartFailed) {
      String text = messageOf(failure);
      return Optional.of(failure(Area.METALLB, beforeColon(text), text));
    }
    return Optional.empty();
  }

  /** The first words name the range, which differs every time when a source flips. */
  private static Explanation held(String text, String advice) {
    String kind = Wording.of(text.replaceFirst(".*? (?=is wanted|overlaps)", ""));
    return Explanation.held(kind, text, advice);
  }
}
