package io.github.metallbdyn6.answer;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the whole of what a source left: an address or prefix in each line, and what it said
 * beside them. A router or a host has addresses of other kinds, too; these are passed over as long
 * as one line is usable. A line that is no address at all makes the whole answer doubtful.
 *
 * @param rule the judgement of one line
 */
public record AnswerJudge(AnswerRule rule) {
  /** The header with the prefix length in bits, where the text has none. */
  public static final String PREFIX_LENGTH = "prefixLength";

  /** The header with the preferred lifetime in seconds. */
  public static final String PREFERRED_LIFETIME = "preferredLifetime";

  /** The header with the valid lifetime in seconds. */
  public static final String VALID_LIFETIME = "validLifetime";

  /** An answer with more is no answer of this kind. */
  private static final int MOST_LINES = 32;

  /** Addresses that hosts and routers rightly have, beside the one that is asked for. */
  private static final Set<Reason> ORDINARY =
      Set.of(
          Reason.IPV4,
          Reason.LOOPBACK,
          Reason.LINK_LOCAL,
          Reason.UNIQUE_LOCAL,
          Reason.TEREDO,
          Reason.SIX_TO_FOUR,
          Reason.NOT_ALLOWED);

  /**
   * Reads the answer.
   *
   * @param text an IPv6 address or prefix in each line
   * @param headers what else the source left; only the three names above count
   * @throws RefusedAnswer when it must not be used
   */
  public Answer judge(@Nullable String text, Map<String, Object> headers) {
    Lifetimes lifetimes =
        Lifetimes.of(headers.get(PREFERRED_LIFETIME), headers.get(VALID_LIFETIME));
    return new Answer(usable(lines(text, headers.get(PREFIX_LENGTH))), lifetimes);
  }

  private static List<String> lines(@Nullable String text, @Nullable Object length) {
    List<String> lines =
        text == null
            ? List.of()
            : text.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
    if (lines.isEmpty()) {
      throw new RefusedAnswer(Reason.EMPTY, "the answer is empty");
    }
    if (lines.size() > MOST_LINES) {
      throw new RefusedAnswer(Reason.TOO_LONG, "more than " + MOST_LINES + " lines");
    }
    String given = length == null ? "" : length.toString().strip();
    return given.isEmpty() ? lines : lines.stream().map(line -> withLength(line, given)).toList();
  }

  private static String withLength(String line, String length) {
    int slash = line.indexOf('/');
    if (slash >= 0 && !line.substring(slash + 1).equals(length)) {
      throw new RefusedAnswer(
          Reason.PREFIX_LENGTH,
          "the answer says two prefix lengths: %s and /%s".formatted(line, length));
    }
    return slash >= 0 ? line : line + "/" + length;
  }

  private List<Ipv6Prefix> usable(List<String> lines) {
    List<Ipv6Prefix> usable = new ArrayList<>();
    List<RefusedAnswer> passedOver = new ArrayList<>();
    for (String line : lines) {
      try {
        usable.add(rule.judge(line));
      } catch (RefusedAnswer refused) {
        if (!ORDINARY.contains(refused.reason())) {
          throw refused;
        }
        passedOver.add(refused);
      }
    }
    if (usable.isEmpty()) {
      throw passedOver.get(0);
    }
    return usable;
  }
}
