package io.github.metallbdyn6.source;

import static java.util.stream.Collectors.joining;

import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.answer.SourceResult;
import java.util.List;
import java.util.function.Function;

/**
 * Says why what sources said is not one prefix.
 *
 * @param quorum how many have to agree; 1 when the first one who answers decides
 * @param delegated tells what of an answer is the prefix
 * @param reasonIn tells in a phrase why a source gave no answer
 */
record Disagreement(int quorum, DelegatedPrefix delegated, Function<Throwable, String> reasonIn) {

  /** Returns what the only source failed with, or why its answer is refused. */
  Exception of(SourceResult said) {
    return said.failure().orElseGet(() -> refusalOf(said.answer().orElseThrow()));
  }

  private RefusedAnswer refusalOf(Answer answer) {
    try {
      throw new IllegalStateException(answer + " is " + delegated.prefixIn(answer));
    } catch (RefusedAnswer refused) {
      return refused;
    }
  }

  /**
   * A source that failed may be back in a moment; a source that answered has to answer something
   * else first.
   */
  Exception of(List<SourceResult> heard) {
    String who =
        heard.stream().map(said -> said.source() + ": " + inWords(said)).collect(joining("; "));
    long answers = heard.stream().filter(said -> !isFailure(said)).count();
    String none = "no source has a usable answer";
    if (answers < quorum) {
      String few = answers + " of the " + quorum + " sources that must agree answered";
      return new SourcesFailed((quorum == 1 ? none : few) + ": " + who);
    }
    String several = "not one prefix that %d sources agree on".formatted(quorum);
    return new RefusedAnswer(Reason.DISAGREEMENT, (quorum == 1 ? none : several) + ": " + who);
  }

  private static boolean isFailure(SourceResult said) {
    return said.failure().filter(failure -> !(failure instanceof RefusedAnswer)).isPresent();
  }

  /** Returns the prefix that a source said, or why it said none. */
  String inWords(SourceResult said) {
    return said.failure().map(reasonIn).or(() -> said.answer().map(this::inWords)).orElse("");
  }

  private String inWords(Answer answer) {
    try {
      return delegated.prefixIn(answer).toString();
    } catch (RefusedAnswer refused) {
      return String.valueOf(refused.getMessage());
    }
  }
}
