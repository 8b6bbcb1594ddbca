package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.metallbdyn6.answer.RefusedAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerLinesTest {

  @Test
  void takesTheFirstGroupOfEveryMatch() {
    assertThat(AnswerLines.matching("ip=2001:db8::1 up\nip=2001:db8::2", "ip=(\\S+)", "MY_PATTERN"))
        .isEqualTo("2001:db8::1\n2001:db8::2");
    assertThat(AnswerLines.of(List.of("2001:db8::1"))).isEqualTo("2001:db8::1");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> AnswerLines.matching("none", "ip=(\\S+)", "MY_PATTERN"))
        .withMessage("what is looked for is not in the answer");
  }

  /** Java's regular expressions call themselves for every repetition of a group. */
  @Test
  void refusesAnExpressionThatFillsTheStack() {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(() -> AnswerLines.matching("ab".repeat(100_000), "(a|b)+c", "MY_PATTERN"))
        .withMessageContaining("the regular expression of MY_PATTERN")
        .withMessageContaining("repeats a group too often");
  }

  /** It would try a trillion ways to share a hundred letters among nine groups. */
  @Test
  void refusesAnExpressionThatTakesYears() {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(
            () -> AnswerLines.matching("a".repeat(100), "(.*)".repeat(9) + "x", "MY_PATTERN"))
        .withMessageContaining("the regular expression of MY_PATTERN takes too long");
  }
}
