package io.github.metallbdyn6.answer;

import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.List;

/**
 * An answer of a source, after the judgement.
 *
 * @param prefixes what can be used of it, in the order of the answer; at least one
 * @param lifetimes how long it is good, as far as the source says so
 */
public record Answer(List<Ipv6Prefix> prefixes, Lifetimes lifetimes) {

  public Answer {
    prefixes = List.copyOf(prefixes);
  }

  /** The prefixes in RFC 5952 text, separated by spaces. */
  @Override
  public String toString() {
    return String.join(" ", prefixes.stream().map(Ipv6Prefix::toString).toList());
  }
}
