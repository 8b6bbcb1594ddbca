package io.github.metallbdyn6.ipv6;

import java.util.Optional;

/**
 * The user's rule from a delegated prefix to the pool's address range: which subnet of it, and
 * which host parts.
 *
 * @param subnetId the subnet to use; without one, the /64 that the source's address lies in
 * @param hostRange the host parts to offer
 */
public record AddressRule(Optional<SubnetId> subnetId, HostRange hostRange) {

  /**
   * Builds the rule from the texts of the settings.
   *
   * @param hostRange as {@link HostRange#parse}
   * @param subnetOverride as {@link SubnetId#parse}, empty for none
   * @param prefixLength the delegated prefix's length in bits, empty when there is no override
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static AddressRule of(String hostRange, String subnetOverride, String prefixLength) {
    HostRange hosts = HostRange.parse(hostRange);
    if (subnetOverride.isBlank()) {
      return new AddressRule(Optional.empty(), hosts);
    }
    int length =
        Ipv6Text.parseLength(prefixLength.strip())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "a subnet id needs the delegated prefix's length, 1 to 63"));
    return new AddressRule(Optional.of(SubnetId.parse(subnetOverride.strip(), length)), hosts);
  }

  /** Returns the length of the prefix that matters, in bits: behind it the answer may vary. */
  int prefixLength() {
    return subnetId.map(SubnetId::prefixLength).orElse(Ipv6Prefix.SUBNET_LENGTH);
  }

  /**
   * Cuts what a source answered, an address or a prefix, to the prefix that matters. A home's
   * privacy addresses differ from hour to hour; their prefix does not.
   *
   * @throws RefusedAnswer when the answer is a delegated prefix longer than the configured prefix
   *     length: the subnet id would then reach into bits that belong to the ISP
   */
  public Ipv6Prefix prefixIn(Ipv6Prefix answer) {
    boolean delegated = answer.length() < Ipv6Prefix.SUBNET_LENGTH;
    if (delegated && answer.length() > prefixLength()) {
      throw new RefusedAnswer(
          RefusedAnswer.Reason.PREFIX_LENGTH,
          "%s is longer than the configured prefix length of %d; the subnet id would leave it"
              .formatted(answer, prefixLength()));
    }
    return answer.cutTo(prefixLength());
  }

  /** Returns the pool's address range under the prefix that {@link #prefixIn} gave. */
  public AddressRange rangeUnder(Ipv6Prefix prefix) {
    Ipv6Prefix subnet =
        subnetId
            .map(id -> id.under(prefix))
            .orElseGet(() -> prefix.cutTo(Ipv6Prefix.SUBNET_LENGTH));
    return hostRange.under(subnet);
  }
}
