package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.metallbdyn6.answer.AddressRule;
import io.github.metallbdyn6.answer.AnswerJudge;
import io.github.metallbdyn6.answer.AnswerRule;
import io.github.metallbdyn6.answer.RefusedAnswer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushRuleTest {
  private final PushRule rule =
      new PushRule(
          new AnswerJudge(AnswerRule.of(true, "")), AddressRule.of("::1000-::1999", "", ""));

  /** A space stands for a new line. */
  private String judge(String pushed) {
    return rule.judge(pushed.replace(' ', '\n')).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:1::/64,                   2001:db8:0:1::/64",
    "2001:db8:0:1::5,                     2001:db8:0:1::/64",
    "fd00:db8::1 2001:db8:0:1::5,         2001:db8:0:1::/64",
    "2001:db8:0:1::5 fd00:db8::1 fe80::1, 2001:db8:0:1::/64",
    "2001:db8:0:1::5 2001:db8:0:1::6,     2001:db8:0:1::/64"
  })
  void takesTheGlobalPrefixOfWhatIsSaid(String pushed, String prefix) {
    assertThat(judge(pushed)).isEqualTo(prefix);
  }

  @ParameterizedTest
  @CsvSource({
    "'',                              EMPTY",
    "fd00:db8::1,                     UNIQUE_LOCAL",
    "2001:db8:0:1::5 2001:db8:0:2::6, SEVERAL",
    "2001:db8:0:1::5 nonsense,        MALFORMED"
  })
  void refusesWhatIsDoubtful(String pushed, RefusedAnswer.Reason reason) {
    assertThatThrownBy(() -> judge(pushed))
        .isInstanceOfSatisfying(
            RefusedAnswer.class, refused -> assertThat(refused.reason()).isEqualTo(reason));
  }
}
