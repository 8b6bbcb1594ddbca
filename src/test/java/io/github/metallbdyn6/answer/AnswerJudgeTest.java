package io.github.metallbdyn6.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerJudgeTest {
  private final AnswerJudge judge = new AnswerJudge(AnswerRule.of(true, ""));

  private String verdict(@Nullable String text, @Nullable String length) {
    Map<String, Object> headers = new HashMap<>();
    if (length != null) {
      headers.put(AnswerJudge.PREFIX_LENGTH, length);
    }
    try {
      return judge.judge(text, headers).toString();
    } catch (RefusedAnswer refused) {
      return refused.reason().name();
    }
  }

  /** In the answers, a bar stands for the end of a line. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "2001:db8::1,                                       2001:db8::1/128",
        "2001:db8::1|2001:db8::2|,                          2001:db8::1/128 2001:db8::2/128",
        "fe80::1|2001:db8::1,                               2001:db8::1/128",
        "192.0.2.1|fd00:db8::1|2001:db8::1|2002:c000:201::1, 2001:db8::1/128",
        "fe80::1/64|2001:db8:12:3400::1/64,                 2001:db8:12:3400::1/128",
        "::1|2001:db8:12:3400::/56,                         2001:db8:12:3400::/56",
        "fd00:db8::1|fe80::1,                               UNIQUE_LOCAL",
        "192.0.2.1,                                         IPV4",
        "2001:db8::1|<!-- 3 ms -->,                         MALFORMED",
        "2001:db8::1|fe80::1%eth0,                          ZONE",
        "2001:db8::1 2001:db8::2,                           SEVERAL",
        "2001:db8::1|::,                                    UNSPECIFIED",
        "'',                                                EMPTY",
        "-,                                                 EMPTY"
      })
  void passesOverWhatIsOrdinaryAndRefusesWhatIsOdd(@Nullable String lines, String expected) {
    assertThat(verdict(lines == null ? null : lines.replace('|', '\n'), null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:12:3400::,    56,   2001:db8:12:3400::/56",
    "2001:db8:12:3400::/56, 56,   2001:db8:12:3400::/56",
    "2001:db8:12:3400::/56, '',   2001:db8:12:3400::/56",
    "2001:db8:12:3400::/56, 57,   PREFIX_LENGTH",
    "2001:db8:12:3401::,    56,   HOST_BITS",
    "2001:db8:12:3400::,    0,    HOST_BITS",
    "2001:db8:12:3400::,    65,   PREFIX_LENGTH",
    "2001:db8:12:3400::,    x,    PREFIX_LENGTH"
  })
  void takesThePrefixLengthFromTheHeader(String text, String length, String expected) {
    assertThat(verdict(text, length)).isEqualTo(expected);
  }

  @Test
  void readsLifetimes() {
    Answer answer =
        judge.judge(
            "2001:db8:12:3400::/56",
            Map.of(AnswerJudge.PREFERRED_LIFETIME, 3600L, AnswerJudge.VALID_LIFETIME, "7200"));

    assertThat(answer.lifetimes())
        .isEqualTo(
            new Lifetimes(Optional.of(Duration.ofHours(1)), Optional.of(Duration.ofHours(2))));
  }

  @ParameterizedTest
  @CsvSource({"0, 7200", "0, 0", "3600, 0", "7200, 3600", "-1, 7200", "x, 7200", "3600, 1e9"})
  void refusesAPrefixThatShouldNotBeUsedAnyMore(String preferred, String valid) {
    assertThatExceptionOfType(RefusedAnswer.class)
        .isThrownBy(
            () ->
                judge.judge(
                    "2001:db8:12:3400::/56",
                    Map.of(
                        AnswerJudge.PREFERRED_LIFETIME,
                        preferred,
                        AnswerJudge.VALID_LIFETIME,
                        valid)))
        .returns(Reason.LIFETIME, RefusedAnswer::reason);
  }

  @Test
  void doesNotReadAWholePage() {
    assertThat(verdict("2001:db8::1\n".repeat(32), null)).startsWith("2001:db8::1/128 ");
    assertThat(verdict("2001:db8::1\n".repeat(33), null)).isEqualTo("TOO_LONG");
  }
}
