package io.github.metallbdyn6.text;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a text of somebody else's code, mostly an exception's message, one for people: a line of a
 * length that can be read, without secrets in URLs, and without what identifies an exchange, an
 * object or a socket of this process, which tells nobody anything and differs each time.
 */
public final class ForeignText {
  private static final int LONGEST = 1000;
  private static final Pattern EXCHANGE = Pattern.compile("Exchange\\[[^\\]\\s]*\\]");
  private static final Pattern EXCHANGE_ID = Pattern.compile("\\b[0-9A-F]{15}-[0-9A-F]{16}\\b");
  private static final Pattern HASH =
      Pattern.compile("(?<=[\\w\\];$])@[0-9a-f]{1,8}\\b(?![-.]\\w)");

  /**
   * A URL, whose port somebody has chosen; or a socket as Java writes it, with a port that the
   * system gave it.
   */
  private static final Pattern PORT =
      Pattern.compile(
          "(?<url>\\w+://\\S+)|(?<socket>/(?:\\[[0-9a-fA-F:.%]+\\]|[0-9.]+)):(?:3276[89]|327[7-9]\\d|32[89]\\d\\d|3[3-9]\\d{3}|[45]\\d{4}|6[0-5]\\d{3})(?!\\d)");

  private ForeignText() {}

  public static String of(String text) {
    String line = text.strip().replaceAll("\\s*\\R\\s*", " ");
    String plain = HASH.matcher(EXCHANGE.matcher(line).replaceAll("Exchange")).replaceAll("");
    plain = EXCHANGE_ID.matcher(plain).replaceAll("(an exchange)");
    plain = Redaction.of(PORT.matcher(plain).replaceAll(ForeignText::withoutPort));
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }

  private static String withoutPort(MatchResult found) {
    String kept = found.group(1) == null ? found.group(2) : found.group(1);
    return Matcher.quoteReplacement(kept);
  }
}
