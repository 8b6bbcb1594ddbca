package io.github.metallbdyn6.answer;

import java.util.Optional;

/**
 * The result of asking one source: an answer that passed the judgement, or why there is none.
 *
 * @param source its name
 * @param answer the answer
 * @param failure why there is none; present exactly if there is no answer
 */
public record SourceResult(String source, Optional<Answer> answer, Optional<Exception> failure) {

  public static SourceResult answered(String source, Answer answer) {
    return new SourceResult(source, Optional.of(answer), Optional.empty());
  }

  public static SourceResult failed(String source, Exception failure) {
    return new SourceResult(source, Optional.empty(), Optional.of(failure));
  }
}
