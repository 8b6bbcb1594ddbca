package io.github.metallbdyn6.push;

import io.github.metallbdyn6.ipv6.AddressBlock;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * From which addresses may be called. Names are refused: they would have to be looked up, and could
 * be anybody's tomorrow.
 *
 * @param blocks IPv4 and IPv6; empty for from everywhere
 */
record AllowedCallers(List<AddressBlock> blocks) {

  /**
   * Reads addresses and CIDR prefixes, separated by commas.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  static AllowedCallers parse(String text) {
    return new AllowedCallers(
        Arrays.stream(text.split(","))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .map(AllowedCallers::block)
            .toList());
  }

  private static AddressBlock block(String text) {
    return AddressBlock.parse(text)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "METALLB_DYN6_PUSH_ALLOWED_CALLERS: %s is neither an address nor a CIDR prefix; for example: 192.168.178.1,fd00::/8"
                        .formatted(text)));
  }

  /** Tells whether this one may call. */
  boolean contain(InetAddress caller) {
    return blocks.isEmpty() || blocks.stream().anyMatch(it -> it.contains(caller.getAddress()));
  }
}
