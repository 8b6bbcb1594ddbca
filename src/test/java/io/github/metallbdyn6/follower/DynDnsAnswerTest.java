package io.github.metallbdyn6.follower;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynDnsAnswerTest {
  private static void judge(String answer, String pattern) {
    DynDnsAnswer.requireSuccess("nas.example.org", answer, pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "good 2001:db8::1", "nochg 2001:db8::1\n", "GOOD"})
  void knowsSuccesses(String answer) {
    assertThatCode(() -> judge(answer, "")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"badauth", "abuse", "nohost", "notfqdn", "!donator", "badagent"})
  void stopsWhereRepetitionDoesHarm(String answer) {
    assertThatThrownBy(() -> judge(answer, answer))
        .isInstanceOf(FollowerStopped.class)
        .hasMessage("the provider answers '%s' for nas.example.org", answer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"911", "dnserr", "", "<html>good</html>", "goodness"})
  void failsForAnythingElse(String answer) {
    assertThatThrownBy(() -> judge(answer, "")).isInstanceOf(FollowerFailed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"addresses updated", "addresses unchanged"})
  void takesWhatThePatternFindsForASuccess(String answer) {
    assertThatCode(() -> judge(answer, "addresses (updated|unchanged)")).doesNotThrowAnyException();
  }
}
