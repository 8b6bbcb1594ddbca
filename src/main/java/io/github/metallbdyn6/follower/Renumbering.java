package io.github.metallbdyn6.follower;

import io.github.metallbdyn6.ipv6.Ipv6Text;
import io.github.metallbdyn6.ipv6.PrefixChange;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes each IPv6 address and CIDR prefix in a text that lies in one delegated prefix under
 * another one, and leaves every other character as it is. What may be something else, such as a
 * time or a part of a word, is left alone.
 */
public final class Renumbering {
  /** The characters of an address; those of other things, too. */
  private static final Pattern RUN = Pattern.compile("[0-9A-Fa-f:.]++");

  /** Eight groups, of which the last two are an IPv4 address, and marks. */
  private static final int LONGEST = 48;

  /** As in {@code "2001:db8::1..."}. */
  private static final int MOST_MARKS = 3;

  private static final Pattern LENGTH = Pattern.compile("/([0-9]+)(?![0-9A-Za-z_:])");
  private static final Pattern NO_LENGTH = Pattern.compile("/(?![0-9])");

  private final PrefixChange change;

  public Renumbering(PrefixChange change) {
    this.change = change;
  }

  /**
   * Returns the text as it should be; the same text where nothing in it lies in the first prefix.
   *
   * @throws IllegalArgumentException as {@link PrefixChange#of(String)}
   */
  public String of(String text) {
    if (change.isNone()) {
      return text;
    }
    return RUN.matcher(text).replaceAll(run -> Matcher.quoteReplacement(renumbered(text, run)));
  }

  private String renumbered(String text, MatchResult run) {
    if (run.group().indexOf(':') < 0) {
      return run.group();
    }
    int begin = beginIn(text, run);
    if (begin < 0 || isWord(text, run.end())) {
      return run.group();
    }
    int least = Math.max(begin, run.end() - MOST_MARKS - 1);
    for (int end = run.end(); end > least && end - begin <= LONGEST; end--) {
      String address = text.substring(begin, end);
      if (Ipv6Text.parse(address).isPresent()) {
        return text.substring(run.start(), begin)
            + inPlace(text, address, end).orElse(address)
            + text.substring(end, run.end());
      }
      if (!isMark(text.charAt(end - 1))) {
        return run.group();
      }
    }
    return run.group();
  }

  /** A full stop or a colon behind an address is no part of it. */
  private static boolean isMark(char last) {
    return last == '.' || last == ':';
  }

  private Optional<String> inPlace(String text, String address, int end) {
    Matcher length = LENGTH.matcher(text).region(end, text.length());
    if (length.useTransparentBounds(true).lookingAt()) {
      return Ipv6Text.parseLength(length.group(1)).flatMap(it -> change.of(address, it));
    }
    boolean isOther = end < text.length() && text.charAt(end) == '/';
    return isOther && !NO_LENGTH.matcher(text).region(end, text.length()).lookingAt()
        ? Optional.empty()
        : change.of(address);
  }

  /** Returns where an address may begin; -1 where none can. */
  private static int beginIn(String text, MatchResult run) {
    int start = run.start();
    if (start > 0 && text.charAt(start - 1) == '%') {
      return -1; // the zone of another address
    }
    if (!isWord(text, start - 1) || isEscape(text, start - 1)) {
      return isColonOfAKey(text, start) ? start + 1 : start;
    }
    return start + run.group().indexOf(':') + 1; // a word before a colon, as in ip6:2001:db8::1
  }

  /** As in {@code "key":2001:db8::1}. */
  private static boolean isColonOfAKey(String text, int start) {
    return text.startsWith(":", start) && !text.startsWith("::", start);
  }

  private static boolean isWord(String text, int at) {
    return at >= 0
        && at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_');
  }

  /** As in a JSON text that is itself a string: the line {@code "a\n2001:db8::1"}. */
  private static boolean isEscape(String text, int at) {
    return at > 0 && "nrt".indexOf(text.charAt(at)) >= 0 && text.charAt(at - 1) == '\\';
  }
}
