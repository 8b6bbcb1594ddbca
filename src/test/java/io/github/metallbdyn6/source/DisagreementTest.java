package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.net.ConnectException;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisagreementTest {
  private static final SourceResult A = answered("a", "2001:db8:a::1");
  private static final SourceResult B = answered("b", "2001:db8:b::1");
  private static final SourceResult DOWN =
      SourceResult.failed("c", new ConnectException("refused"));

  private static SourceResult answered(String source, String prefix) {
    return SourceResult.answered(
        source, new Answer(List.of(Ipv6Prefix.parse(prefix)), Lifetimes.UNKNOWN));
  }

  private static Disagreement disagreement(int quorum) {
    return new Disagreement(
        quorum,
        new DelegatedPrefix(AddressRule.of("::1000-::1999", "", "")),
        failure -> String.valueOf(failure.getMessage()));
  }

  @Test
  void aFailureMayPassWhereTooFewAnswered() {
    assertThat(disagreement(2).of(List.of(A, DOWN)))
        .isInstanceOf(SourcesFailed.class)
        .hasMessage("1 of the 2 sources that must agree answered: a: 2001:db8:a::/64; c: refused");
  }

  @Test
  void aContradictionIsARefusal() {
    assertThat(disagreement(2).of(List.of(A, B, DOWN)))
        .isInstanceOf(RefusedAnswer.class)
        .hasMessageStartingWith("not one prefix that 2 sources agree on: a: 2001:db8:a::/64; b: ");
  }

  @Test
  void theOnlySourceSpeaksForItself() {
    assertThat(disagreement(1).of(DOWN)).isInstanceOf(ConnectException.class);
    assertThat(disagreement(1).of(List.of(DOWN, DOWN)))
        .hasMessage("no source has a usable answer: c: refused; c: refused");
  }
}
