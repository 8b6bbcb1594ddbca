package io.github.metallbdyn6.answer;

import static io.github.metallbdyn6.ipv6.Ipv6Prefix.SUBNET_LENGTH;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.HostRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.Ipv6Text;
import io.github.metallbdyn6.ipv6.SubnetId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The user's rule from a delegated prefix to the pool's address range: which subnet of it, and
 * which host parts.
 *
 * @param subnetId the subnet to use; without one, the /64 that the source's address lies in
 * @param prefixLength the delegated prefix's length in bits, if the user says it; otherwise the
 *     source has to
 * @param hostRange the host parts to offer
 */
public record AddressRule(
    Optional<SubnetId> subnetId, OptionalInt prefixLength, HostRange hostRange) {

  /**
   * Builds the rule from the texts of the settings.
   *
   * @param hostRange as {@link HostRange#parse}
   * @param subnetOverride as {@link SubnetId#parse}, empty for none
   * @param prefixLength the delegated prefix's length in bits, empty when the source says it
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static AddressRule of(String hostRange, String subnetOverride, String prefixLength) {
    HostRange hosts = HostRange.parse(hostRange);
    String id = subnetOverride.strip();
    if (id.isEmpty()) {
      return new AddressRule(Optional.empty(), OptionalInt.empty(), hosts);
    }
    if (prefixLength.isBlank()) {
      return new AddressRule(Optional.of(SubnetId.parse(id)), OptionalInt.empty(), hosts);
    }
    int length =
        Ipv6Text.parseLength(prefixLength.strip())
            .orElseThrow(() -> new IllegalArgumentException(prefixLength + " is no prefix length"));
    return new AddressRule(Optional.of(SubnetId.parse(id, length)), OptionalInt.of(length), hosts);
  }

  /** As {@link #prefixIn(Answer, Optional)}, where no delegated prefix is known yet. */
  public Ipv6Prefix prefixIn(Answer answer) {
    return prefixIn(answer, Optional.empty());
  }

  /**
   * Cuts what a source answered to the prefix that matters. A home's privacy addresses differ from
   * hour to hour; their prefix does not.
   *
   * @param delegated the delegated prefix that a source has said last; an address in it has its
   *     length, and of any other address the length is not known
   * @throws RefusedAnswer when the answer has several prefixes, or when it does not say which
   *     subnet is meant: a guess would be an address that nobody routes
   */
  public Ipv6Prefix prefixIn(Answer answer, Optional<Ipv6Prefix> delegated) {
    List<Ipv6Prefix> found =
        answer.prefixes().stream().map(it -> prefixIn(it, delegated)).distinct().toList();
    if (found.size() > 1) {
      throw new RefusedAnswer(Reason.SEVERAL, "several prefixes: " + answer);
    }
    return found.get(0);
  }

  private Ipv6Prefix prefixIn(Ipv6Prefix answer, Optional<Ipv6Prefix> delegated) {
    if (subnetId.isEmpty()) {
      requireOneSubnet(answer);
      return answer.cutTo(SUBNET_LENGTH);
    }
    if (prefixLength.isPresent()) {
      requireNotLonger(answer, prefixLength.getAsInt());
      return answer.cutTo(prefixLength.getAsInt());
    }
    if (answer.length() > SUBNET_LENGTH) {
      return delegated
          .filter(prefix -> prefix.contains(answer))
          .orElseThrow(() -> unknownLength(answer, delegated));
    }
    requireRoom(subnetId.get(), answer);
    return answer;
  }

  /** Tells whether an answer that is an address needs a delegated prefix that is known. */
  public boolean needsDelegatedPrefix() {
    return subnetId.isPresent() && prefixLength.isEmpty();
  }

  private static RefusedAnswer unknownLength(Ipv6Prefix address, Optional<Ipv6Prefix> delegated) {
    String known =
        delegated
            .map(
                " and it does not lie in %s, the delegated prefix that a source has said last"
                    ::formatted)
            .orElse(" and no source has said the delegated prefix since the start");
    return new RefusedAnswer(
        Reason.PREFIX_LENGTH,
        "%s is an address; METALLB_DYN6_PREFIX_LENGTH does not say how long its delegated prefix is,%s"
            .formatted(address, known));
  }

  private static void requireOneSubnet(Ipv6Prefix answer) {
    if (answer.length() < SUBNET_LENGTH) {
      throw new RefusedAnswer(
          Reason.PREFIX_LENGTH,
          "%s has many subnets, and METALLB_DYN6_SUBNET_OVERRIDE does not say which to use"
              .formatted(answer));
    }
  }

  private static void requireNotLonger(Ipv6Prefix answer, int length) {
    if (answer.length() < SUBNET_LENGTH && answer.length() > length) {
      throw new RefusedAnswer(
          Reason.PREFIX_LENGTH,
          "%s is longer than METALLB_DYN6_PREFIX_LENGTH, %d; the subnet id would leave it"
              .formatted(answer, length));
    }
  }

  private static void requireRoom(SubnetId id, Ipv6Prefix answer) {
    if (!id.fitsBehind(answer.length())) {
      throw new RefusedAnswer(
          Reason.PREFIX_LENGTH, "%s leaves no room for the subnet id %s".formatted(answer, id));
    }
  }

  /** Returns the pool's address range under the prefix that {@link #prefixIn} gave. */
  public AddressRange rangeUnder(Ipv6Prefix prefix) {
    return hostRange.under(subnetId.map(id -> id.under(prefix)).orElse(prefix));
  }
}
