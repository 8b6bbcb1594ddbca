package io.github.metallbdyn6.answer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ways beside RFC 4291's in which routers and tools print an address or a prefix. One is read;
 * the others are only known by name, so that a refusal can say what the text is.
 */
final class Notation {
  /** RouterOS prints the time that is left behind a pool's prefix: {@code /56, 2d23h46m40s}. */
  private static final Pattern WITH_TIME = Pattern.compile("(\\S+), ((?:[0-9]+[wdhms])+)");

  /** At least one colon; the first part gives nothing back, so that no text takes long. */
  private static final String HEX = "[0-9A-Fa-f.]*+:[0-9A-Fa-f:.]*";

  private static final Map<Pattern, String> NAMES = new LinkedHashMap<>();

  static {
    name("([\"'`]).*\\1", "in quotes");
    name("\\[%s\\](:[0-9]+|/[0-9]+)?", "in brackets, as in a URL");
    name("%s(/[0-9]+)?[.,;]+", "with a punctuation mark at its end");
    name("%s\\s*/\\s*%s", "with a netmask; the prefix length is wanted, as /64");
    name(
        "%s\\s+(prefixlen|prefix-length|mask|netmask)\\b.*",
        "with a word for its length; /64 is wanted");
    name(
        "%s(/[0-9]+)?\\s*(eui-64|anycast|tentative|deprecated|temporary|dynamic)\\b.*",
        "with flags behind it");
    name("[0-9A-Fa-f](\\.[0-9A-Fa-f])+\\.ip6\\.arpa\\.?", "as a name for reverse DNS");
    name("[0-9A-Fa-f-]+\\.ipv6-literal\\.net", "as a name, in the way of Windows");
    name("[0-9A-Fa-f]{32}", "as 32 digits without colons");
    name("[0-9A-Fa-f]{1,4}(-[0-9A-Fa-f]{0,4}){2,7}", "with dashes; colons are wanted");
    name("%s\\s*/\\s+[0-9]+|%s\\s+/\\s*[0-9]+", "with a blank before or behind the slash");
  }

  private Notation() {}

  private static void name(String shape, String name) {
    NAMES.put(Pattern.compile(shape.replace("%s", HEX), Pattern.CASE_INSENSITIVE), name);
  }

  /** Returns how the text is written, as a phrase behind "it is written". */
  static Optional<String> nameOf(String text) {
    return NAMES.entrySet().stream()
        .filter(shape -> shape.getKey().matcher(text).matches())
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /**
   * Takes away the time that is left, in RouterOS' notation.
   *
   * @throws RefusedAnswer when no time is left
   */
  static String withoutTime(String text) {
    Matcher matcher = WITH_TIME.matcher(text);
    if (!matcher.matches()) {
      return text;
    }
    if (matcher.group(2).matches("(0+[wdhms])+")) {
      throw new RefusedAnswer(
          RefusedAnswer.Reason.LIFETIME, "the prefix is no longer valid: '%s'".formatted(text));
    }
    return matcher.group(1);
  }
}
