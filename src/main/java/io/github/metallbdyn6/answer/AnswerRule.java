package io.github.metallbdyn6.answer;

import static io.github.metallbdyn6.ipv6.Ipv6Prefix.SUBNET_LENGTH;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.Ipv6Text;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a source answered. One IPv6 address or prefix that an ISP can have delegated passes;
 * everything else is refused with a reason.
 *
 * @param requireGlobal whether only global unicast addresses, {@code 2000::/3}, pass; otherwise
 *     unique-local ones, {@code fc00::/7}, do, too
 * @param allowed the prefixes that an answer must lie in; empty for no such limit
 */
public record AnswerRule(boolean requireGlobal, List<Ipv6Prefix> allowed) {

  /** The longest line that can be an IPv6 address with a zone index and a prefix length. */
  private static final int LONGEST = 64;

  /**
   * In bits. Registries hold /12s, providers at most a /16 or so; a home never has a shorter one.
   */
  private static final int SHORTEST_PREFIX = 16;

  private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

  private static final Map<Ipv6Prefix, Reason> NEVER = new LinkedHashMap<>();

  static {
    NEVER.put(Ipv6Prefix.parse("::/128"), Reason.UNSPECIFIED);
    NEVER.put(Ipv6Prefix.parse("::1/128"), Reason.LOOPBACK);
    NEVER.put(Ipv6Prefix.parse("::ffff:0:0/96"), Reason.IPV4_MAPPED);
    NEVER.put(Ipv6Prefix.parse("fe80::/10"), Reason.LINK_LOCAL);
    NEVER.put(Ipv6Prefix.parse("ff00::/8"), Reason.MULTICAST);
    NEVER.put(Ipv6Prefix.parse("2001::/32"), Reason.TEREDO);
    NEVER.put(Ipv6Prefix.parse("2002::/16"), Reason.SIX_TO_FOUR);
  }

  private static final Ipv6Prefix UNIQUE_LOCAL = Ipv6Prefix.parse("fc00::/7");

  public AnswerRule {
    allowed = List.copyOf(allowed);
  }

  /**
   * Builds the rule from the texts of the settings.
   *
   * @param allowedPrefixes CIDR prefixes separated by commas, empty for no limit
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static AnswerRule of(boolean requireGlobal, String allowedPrefixes) {
    List<Ipv6Prefix> allowed =
        Arrays.stream(allowedPrefixes.split(","))
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .map(Ipv6Prefix::parse)
            .toList();
    if (allowed.isEmpty() && !allowedPrefixes.isBlank()) {
      throw new IllegalArgumentException("there is no prefix in it");
    }
    return new AnswerRule(requireGlobal, allowed);
  }

  /**
   * Reads the answer.
   *
   * @param answer an IPv6 address or prefix; white space around it is ignored
   * @return the prefix; an address as {@code /128}
   * @throws RefusedAnswer when it must not be used
   */
  public Ipv6Prefix judge(@Nullable String answer) {
    String text = Notation.withoutTime(answer == null ? "" : answer.strip());
    requireOneWord(text);
    Ipv6Prefix prefix = read(text);
    requireDelegable(prefix);
    requireUsableRange(prefix);
    return prefix;
  }

  private static void requireOneWord(String text) {
    if (text.isEmpty()) {
      throw new RefusedAnswer(Reason.EMPTY, "the answer is empty");
    }
    List<String> words = List.of(text.split("[\\s,;]+"));
    if (words.size() > 1 && words.stream().allMatch(AnswerRule::isAddress)) {
      throw new RefusedAnswer(Reason.SEVERAL, "several addresses: " + excerpt(text));
    }
    if (text.length() > LONGEST) {
      throw new RefusedAnswer(Reason.TOO_LONG, "too long for an address: " + excerpt(text));
    }
  }

  private static boolean isAddress(String word) {
    String address = word.replaceFirst("[/%].*", "");
    return IPV4.matcher(address).matches() || Ipv6Text.parse(address).isPresent();
  }

  private static Ipv6Prefix read(String text) {
    String address = text.replaceFirst("/.*", "");
    if (IPV4.matcher(address).matches()) {
      throw new RefusedAnswer(Reason.IPV4, excerpt(text) + " is IPv4");
    }
    if (address.indexOf('%') > 0
        && Ipv6Text.parse(address.substring(0, address.indexOf('%'))).isPresent()) {
      throw new RefusedAnswer(Reason.ZONE, excerpt(text) + " has a zone index");
    }
    if (Ipv6Text.parse(address).isEmpty()) {
      throw new RefusedAnswer(
          Reason.MALFORMED, "not an IPv6 address or prefix: " + excerpt(text) + notation(text));
    }
    if (text.length() > address.length()
        && Ipv6Text.parseLength(text.substring(address.length() + 1)).isEmpty()) {
      throw new RefusedAnswer(
          Reason.PREFIX_LENGTH, excerpt(text) + " has no valid prefix length" + notation(text));
    }
    return withoutHostPart(text);
  }

  private static String notation(String text) {
    return Notation.nameOf(text).map(name -> "; it is written " + name).orElse("");
  }

  /**
   * Routers show an interface's address with the length of the subnet prefix behind it: {@code
   * 2001:db8:0:1::1/64}. Which /64 it is in is beyond doubt, so it counts as an address. With any
   * other length it may be a router's address, or a prefix that somebody has mistyped.
   */
  private static Ipv6Prefix withoutHostPart(String text) {
    Ipv6Prefix prefix = Ipv6Prefix.parseLoosely(text).orElseGet(() -> Ipv6Prefix.parse(text));
    Ipv6Prefix address = Ipv6Prefix.parse(text.replaceFirst("/.*", ""));
    if (prefix.beginsWith(address)) {
      return prefix;
    }
    if (prefix.length() == SUBNET_LENGTH) {
      return address;
    }
    throw new RefusedAnswer(
        Reason.HOST_BITS,
        "%s has bits behind its prefix length: in the notation address/length, as of an interface, only /64 says which subnet is meant"
            .formatted(excerpt(text)));
  }

  private static void requireDelegable(Ipv6Prefix prefix) {
    int length = prefix.length();
    if (length != Ipv6Text.BITS && (length < SHORTEST_PREFIX || length > SUBNET_LENGTH)) {
      throw new RefusedAnswer(
          Reason.PREFIX_LENGTH,
          "%s: a delegated prefix has a length of %d to %d"
              .formatted(prefix, SHORTEST_PREFIX, SUBNET_LENGTH));
    }
  }

  private void requireUsableRange(Ipv6Prefix prefix) {
    NEVER.forEach((range, reason) -> refuseIn(range, prefix, reason));
    if (requireGlobal) {
      refuseIn(UNIQUE_LOCAL, prefix, Reason.UNIQUE_LOCAL);
    }
    if (!Ipv6Prefix.GLOBAL_UNICAST.contains(prefix) && !UNIQUE_LOCAL.contains(prefix)) {
      throw new RefusedAnswer(Reason.NOT_GLOBAL, prefix + " is not global unicast (2000::/3)");
    }
    if (!allowed.isEmpty() && allowed.stream().noneMatch(range -> range.contains(prefix))) {
      throw new RefusedAnswer(Reason.NOT_ALLOWED, prefix + " lies in none of " + allowed);
    }
  }

  private static void refuseIn(Ipv6Prefix range, Ipv6Prefix prefix, Reason reason) {
    if (range.contains(prefix) || prefix.contains(range)) {
      throw new RefusedAnswer(
          reason,
          "%s is %s (%s)"
              .formatted(prefix, reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), range));
    }
  }

  private static String excerpt(String text) {
    String line = text.replaceAll("\\p{C}+", " ");
    return "'" + (line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line) + "'";
  }
}
