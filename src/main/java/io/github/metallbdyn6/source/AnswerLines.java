package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes lines of what was found in an answer: each address or prefix is a line of its own. */
public final class AnswerLines {
  private AnswerLines() {}

  /**
   * Takes what an expression found: a text, or a list of texts.
   *
   * @throws RefusedAnswer when nothing was found, or something that is no text
   */
  public static String of(@Nullable Object found) {
    Collection<?> all = found instanceof Collection<?> several ? several : listOf(found);
    if (all.isEmpty()) {
      throw new RefusedAnswer(Reason.EMPTY, "what is looked for is not in the answer");
    }
    return all.stream().map(AnswerLines::text).collect(Collectors.joining("\n"));
  }

  private static List<?> listOf(@Nullable Object found) {
    return found == null ? List.of() : List.of(found);
  }

  private static String text(@Nullable Object found) {
    if (found instanceof String text) {
      return text;
    }
    throw new RefusedAnswer(
        Reason.MALFORMED, "what is looked for is no text in the answer, and so no address");
  }

  /**
   * Finds every match of a regular expression; its first group, if it has one.
   *
   * @param setting that has the expression, for the words of a refusal
   * @throws RefusedAnswer when nothing matches, or to find out takes more time or stack than a
   *     sensible expression does
   * @throws java.util.regex.PatternSyntaxException when it is no regular expression
   */
  public static String matching(String text, String pattern, String setting) {
    Matcher matcher = Pattern.compile(pattern).matcher(new HurriedText(text));
    int group = Math.min(1, matcher.groupCount());
    try {
      return of(matcher.results().map(match -> match.group(group)).toList());
    } catch (StackOverflowError | HurriedText.TooLong e) {
      throw new RefusedAnswer(
          Reason.MALFORMED,
          "the regular expression of %s takes too long for this answer, or repeats a group too often; write it without a repeat within or of a group, as [ab]+ and not (a|b)+ or (a+)+"
              .formatted(setting));
    }
  }

  /** The same for routes that were written when the setting was not named. */
  public static String matching(String text, String pattern) {
    return matching(text, pattern, "METALLB_DYN6_TEXT_PATTERN");
  }
}
