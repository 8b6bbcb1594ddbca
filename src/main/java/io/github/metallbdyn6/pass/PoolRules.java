package io.github.metallbdyn6.pass;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.SubnetId;
import io.github.metallbdyn6.pool.Transition;
import io.github.metallbdyn6.pool.WrongPoolRules;
import java.util.Optional;

/**
 * The user's rules for one pool: the settings, and before them the annotations of the pool.
 *
 * @param addresses which subnet and which host parts the pool offers
 * @param transition how its services get to a new prefix
 * @param handover how long an old range stays in it
 */
public record PoolRules(AddressRule addresses, Transition transition, HandoverRule handover) {

  /**
   * Returns the pool's address range under this prefix.
   *
   * @throws WrongPoolRules when the pool's subnet lies outside of what is delegated
   */
  AddressRange rangeUnder(Ipv6Prefix prefix) {
    Optional<SubnetId> subnet = addresses.subnetId();
    if (subnet.isPresent() && !subnet.get().fitsBehind(prefix.length())) {
      throw new WrongPoolRules(
          "the subnet id %2$s of pool %1$s lies outside of the delegated prefix %3$s; a subnet id needs METALLB_DYN6_SUBNET_OVERRIDE for the pools without one, and a source that knows the delegated prefix, or METALLB_DYN6_PREFIX_LENGTH"
              .formatted(handover.pool(), subnet.get(), prefix));
    }
    return addresses.rangeUnder(prefix);
  }
}
