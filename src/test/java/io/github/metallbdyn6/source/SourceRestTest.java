package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.SourceBackingOff;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceRestTest {
  private static final Instant START = Instant.parse("2026-01-02T10:00:00Z");

  private static final class Hand extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Hand clock = new Hand();
  private final SourceRest rest = new SourceRest(clock);

  private void fails(int status, Map<String, String> headers) {
    SourceResult said =
        rest.failed(
            "a",
            new HttpOperationFailedException("http://192.0.2.1/", status, "", "", headers, ""));
    assertThat(said.failure()).isPresent();
  }

  private Duration wait(String source) {
    Duration waited = Duration.ZERO;
    while (waited.compareTo(Duration.ofDays(3)) < 0) {
      clock.now = START.plus(waited);
      try {
        rest.requireAwake(source);
        return waited;
      } catch (SourceBackingOff resting) {
        waited = Duration.between(START, resting.until());
      }
    }
    return waited;
  }

  @ParameterizedTest
  @CsvSource({
    "120,                            PT2M",
    "7200,                           PT2H",
    "'Fri, 02 Jan 2026 10:30:00 GMT', PT30M",
    "999999999,                      PT24H",
    "0,                              PT2M",
    "'Fri, 02 Jan 2026 09:00:00 GMT', PT2M",
    "soon,                           PT2M",
    "-5,                             PT2M"
  })
  void isLeftAloneForAsLongAsItSays(String retryAfter, Duration expected) {
    fails(429, Map.of("retry-after", retryAfter));
    assertThat(wait("a")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void withoutAWordForAWhileThatDoublesUpToAnHour(int status) {
    for (int minutes : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      clock.now = START;
      fails(status, Map.of());
      assertThat(wait("a")).isEqualTo(Duration.ofMinutes(minutes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 503})
  void isAskedAgainAfterOtherErrors(int status) {
    fails(status, Map.of("Retry-After", "600"));
    assertThatCode(() -> rest.requireAwake("a")).doesNotThrowAnyException();
  }

  @Test
  void isForgivenWhenItAnswers() {
    fails(429, Map.of());
    Answer answer = new Answer(List.of(Ipv6Prefix.parse("2001:db8::1")), Lifetimes.UNKNOWN);
    assertThat(rest.answered("a", answer)).isEqualTo(SourceResult.answered("a", answer));
    assertThatCode(() -> rest.requireAwake("a")).doesNotThrowAnyException();
    fails(429, Map.of());
    assertThat(wait("a")).isEqualTo(Duration.ofMinutes(2));
  }

  /** Otherwise the log would never say it: the passes that follow fail in the same way. */
  @Test
  void saysAtOnceUntilWhenItIsLeftAlone() {
    SourceResult result =
        rest.failed(
            "a",
            new HttpOperationFailedException(
                "http://192.0.2.1/", 429, "", "", Map.of("Retry-After", "600"), ""));

    assertThat(result.failure().orElseThrow())
        .asInstanceOf(type(SourceBackingOff.class))
        .extracting(SourceBackingOff::until)
        .isEqualTo(clock.instant().plusSeconds(600));
  }

  @Test
  void leavesOthersAlone() {
    fails(429, Map.of());
    assertThatCode(() -> rest.requireAwake("b")).doesNotThrowAnyException();
    assertThatThrownBy(() -> rest.requireAwake("a"))
        .asInstanceOf(type(SourceBackingOff.class))
        .extracting(SourceBackingOff::reason)
        .isInstanceOf(HttpOperationFailedException.class);
  }

  @Test
  void whatTheCircuitBreakerKeptAwayFailedAsItDidBefore() {
    ConnectException refused = new ConnectException("refused");
    rest.failed("a", refused);
    assertThat(rest.failed("a", null).failure()).containsSame(refused);
  }
}
