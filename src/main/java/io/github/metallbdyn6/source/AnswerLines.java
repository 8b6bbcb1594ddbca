package io.github.metallbdyn6.source;

import io.github.metallbdyn6.ipv6.RefusedAnswer;
import io.github.metallbdyn6.ipv6.RefusedAnswer.Reason;
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
   * @throws RefusedAnswer when nothing matches, or to find out takes more than the JVM has
   * @throws java.util.regex.PatternSyntaxException when it is no regular expression
   */
  public static String matching(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    int group = Math.min(1, matcher.groupCount());
    try {
      return of(matcher.results().map(match -> match.group(group)).toList());
    } catch (StackOverflowError e) {
      throw new RefusedAnswer(
          Reason.MALFORMED,
          "the regular expression repeats a group too often in this answer; write it without a repeated group, as [ab]+ and not (a|b)+");
    }
  }
}
