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

  private static boolean isBuggy(IPAddress address) {
    int end = address.getSegment(address.getSegmentCount() - 1).getSegmentValue();
    return address.isIPv4() && (end == 0 || end == 255);
  }
}
