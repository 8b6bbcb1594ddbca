package io.github.metallbdyn6.follower;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.Optional;

/**
 * The prefix that everything has to follow.
 *
 * @param prefix the delegated prefix; where no subnet id is set, the /64
 * @param subnetPrefix the /64 of the pool
 */
public record FollowedPrefix(Ipv6Prefix prefix, Ipv6Prefix subnetPrefix) {
  private static final String BETWEEN = "+";

  /** Returns the prefix, and the /64 that the range begins in. */
  public static FollowedPrefix of(Ipv6Prefix prefix, AddressRange range) {
    return new FollowedPrefix(prefix, Ipv6Prefix.ofSubnet(range));
  }

  /** Reads the text of {@link #toString}; anything else is none. */
  static Optional<FollowedPrefix> parse(String text) {
    int between = text.indexOf(BETWEEN);
    try {
      Ipv6Prefix prefix = Ipv6Prefix.parse(between < 0 ? text : text.substring(0, between));
      return Optional.of(
          new FollowedPrefix(
              prefix, between < 0 ? prefix : Ipv6Prefix.parse(text.substring(between + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** {@code 2001:db8:0:1200::/56+2001:db8:0:12cd::/64}, or the prefix alone if both are one. */
  @Override
  public String toString() {
    return prefix.equals(subnetPrefix) ? prefix.toString() : prefix + BETWEEN + subnetPrefix;
  }
}
