package io.github.metallbdyn6.push;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.AnswerJudge;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.util.Map;

/**
 * Judges a pushed prefix before it is taken, as every pass judges a source's answer.
 *
 * @param answerJudge what an ISP can have delegated
 * @param addressRule what fits the subnet that the pool is to have
 */
public record PushRule(AnswerJudge answerJudge, AddressRule addressRule) {

  /**
   * Returns the prefix to keep: as it was pushed, but of an address its /64, since the rest changes
   * with every privacy address.
   *
   * @throws RefusedAnswer when it must not be used
   */
  public Ipv6Prefix judge(String pushed) {
    if (pushed.isBlank()) {
      throw new RefusedAnswer(
          RefusedAnswer.Reason.EMPTY, "no IPv6 prefix in ip6lanprefix, no IPv6 address in myip");
    }
    Answer answer = answerJudge.judge(pushed, Map.of());
    Ipv6Prefix unused = addressRule.prefixIn(answer);
    Ipv6Prefix prefix = answer.prefixes().get(0);
    return prefix.length() > Ipv6Prefix.SUBNET_LENGTH
        ? prefix.cutTo(Ipv6Prefix.SUBNET_LENGTH)
        : prefix;
  }
}
