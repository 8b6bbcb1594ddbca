package io.github.metallbdyn6.source;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The delegated prefix that a source has said last. A web service sees an address only; as long as
 * that lies in this prefix, its length is known from it. After a restart nothing is known: the
 * pool, which then is held as it is, has the /64 of that prefix already.
 */
public final class DelegatedPrefix {
  private final AddressRule rule;
  private volatile @Nullable Ipv6Prefix last;

  /**
   * Creates an empty memory.
   *
   * @param rule what of an answer is the prefix, and whether there is anything to know
   */
  public DelegatedPrefix(AddressRule rule) {
    this.rule = rule;
  }

  /** Notes the prefix that was decided on, if this answer says it with its length. */
  void note(Ipv6Prefix decided, Answer answer) {
    if (rule.needsDelegatedPrefix() && answer.prefixes().contains(decided)) {
      last = decided;
    }
  }

  /**
   * Returns what of an answer is the prefix.
   *
   * @throws io.github.metallbdyn6.answer.RefusedAnswer when the settings cannot use the answer
   */
  Ipv6Prefix prefixIn(Answer answer) {
    return rule.prefixIn(answer, known());
  }

  /** Returns it, if a source has said one. */
  Optional<Ipv6Prefix> known() {
    return Optional.ofNullable(last);
  }
}
