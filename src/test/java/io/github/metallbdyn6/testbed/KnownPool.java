package io.github.metallbdyn6.testbed;

import inet.ipaddr.IPAddress;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;

/**
 * An IPAddressPool as MetalLB knows it.
 *
 * @param name of it
 * @param entries as they stand there
 * @param ranges what they mean
 * @param autoAssign whether it is for services that ask for none
 * @param avoidBuggy whether IPv4 addresses that end in 0 or 255 are left out
 */
record KnownPool(
    String name,
    List<String> entries,
    List<IpRange> ranges,
    boolean autoAssign,
    boolean avoidBuggy) {
  private static final int ENORMOUS_BITS = 62;

  /** Two of every 256 IPv4 addresses are buggy. */
  private static final int BUGGY_BITS = 8;

  static KnownPool of(GenericKubernetesResource pool) {
    List<String> entries = pool.get("spec", "addresses");
    Boolean autoAssign = pool.get("spec", "autoAssign");
    Boolean avoidBuggy = pool.get("spec", "avoidBuggyIPs");
    return new KnownPool(
        pool.getMetadata().getName(),
        entries,
        entries.stream().map(IpRange::parse).toList(),
        !Boolean.FALSE.equals(autoAssign),
        Boolean.TRUE.equals(avoidBuggy));
  }

  boolean contains(IPAddress address) {
    return !(avoidBuggy && isBuggy(address))
        && ranges.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Counts the addresses of a family as MetalLB's {@code poolCount} does: an IPv6 block of 2^62
   * addresses or more counts as the largest number, to which later blocks are added.
   */
  long count(boolean ipv6) {
    long count = 0;
    for (IpRange range : ranges) {
      if (range.isIpv6() == ipv6) {
        for (IPAddress block : range.blocks()) {
          int bits = block.getBitCount() - block.getPrefixLength();
          count = bits >= ENORMOUS_BITS ? Long.MAX_VALUE : count + usable(block, bits);
        }
      }
    }
    return count;
  }

  private long usable(IPAddress block, int bits) {
    long buggy = 0;
    if (avoidBuggy && !block.isIPv6()) {
      buggy =
          bits >= BUGGY_BITS
              ? 2L << (bits - BUGGY_BITS)
              : (isBuggy(block.getLower()) ? 1 : 0) + (isBuggy(block.getUpper()) ? 1 : 0);
    }
    return (1L << bits) - buggy;
  }

  private static boolean isBuggy(IPAddress address) {
    int end = address.getSegment(address.getSegmentCount() - 1).getSegmentValue();
    return address.isIPv4() && (end == 0 || end == 255);
  }
}
