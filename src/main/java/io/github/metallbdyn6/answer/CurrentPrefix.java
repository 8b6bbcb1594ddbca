package io.github.metallbdyn6.answer;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.List;

/**
 * The prefix that the pool is to follow.
 *
 * @param prefix the delegated prefix; where no subnet id is set, the /64
 * @param sources who says so, by name; at least one
 * @param lifetimes how long it is good, as far as a source says so
 */
public record CurrentPrefix(Ipv6Prefix prefix, List<String> sources, Lifetimes lifetimes) {

  public CurrentPrefix {
    sources = List.copyOf(sources);
  }
}
