package io.github.metallbdyn6.ipv6;

import inet.ipaddr.ipv6.IPv6Address;
import java.util.Locale;
import java.util.Optional;

/** The change from one delegated prefix to another one, for addresses that lie in the first. */
public record PrefixChange(Ipv6Prefix from, Ipv6Prefix to) {

  /** Tells whether there is nothing to change: both are of one home at one time. */
  public boolean isNone() {
    return from.isOneWith(to);
  }

  /**
   * Returns an address under the other prefix, spelled as it was; nothing for a text that is no
   * address, and for one that does not lie in the first prefix.
   *
   * @throws IllegalArgumentException when the bits of its subnet do not fit behind the other prefix
   */
  public Optional<String> of(String address) {
    return of(address, Ipv6Text.BITS);
  }

  /**
   * Returns the address of a CIDR prefix of this length under the other prefix, as {@link
   * #of(String)}. A CIDR prefix that is wider than the delegated one does not lie in it.
   */
  public Optional<String> of(String address, int length) {
    return Ipv6Text.parse(address)
        .filter(it -> length >= from.length())
        .filter(it -> Ipv6Text.cut(it, from.length()).equals(from.network()))
        .map(old -> spelledLike(address, old, moved(old, length)));
  }

  private IPv6Address moved(IPv6Address address, int length) {
    IPv6Address kept = Ipv6Text.clear(address, from.length());
    if (length < to.length() || !Ipv6Text.cut(kept, to.length()).isZero()) {
      String text = Ipv6Text.show(address) + (length < Ipv6Text.BITS ? "/" + length : "");
      throw new IllegalArgumentException("%s has no place in %s".formatted(text, to));
    }
    return to.network().bitwiseOr(kept);
  }

  private static String spelledLike(String text, IPv6Address before, IPv6Address now) {
    String spelled =
        text.equalsIgnoreCase(Ipv6Text.show(before)) ? Ipv6Text.show(now) : odd(text, now);
    return text.equals(text.toLowerCase(Locale.ROOT)) ? spelled : spelled.toUpperCase(Locale.ROOT);
  }

  /** Spellings of RFC 4291 that RFC 5952 does not recommend. */
  private static String odd(String text, IPv6Address now) {
    if (text.matches("(?:[0-9A-Fa-f]{4}:){7}[0-9A-Fa-f]{4}")) {
      return now.toFullString();
    }
    return text.contains("::") ? Ipv6Text.show(now) : now.toNormalizedString();
  }
}
