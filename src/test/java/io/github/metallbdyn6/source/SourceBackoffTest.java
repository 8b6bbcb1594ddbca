package io.github.metallbdyn6.source;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.core.JsonParseException;
import io.github.metallbdyn6.answer.Answer;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.SourceResult;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.SourceBackingOff;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceBackoffTest {
  private static final Instant START = Instant.parse("2026-01-02T10:00:00Z");
  private static final Duration BREAK = Duration.ofSeconds(30);
  private static final int LIMIT = 60;
  private static final Answer ANSWER =
      new Answer(List.of(Ipv6Prefix.parse("2001:db8::1")), Lifetimes.UNKNOWN);

  /** Where a running JVM's may be: just before it overflows. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

  private final SourceBackoff backoff =
      new SourceBackoff(BREAK, Clock.fixed(START, ZoneOffset.UTC), nanos::get);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private @Nullable SourceResult resting() throws Exception {
    return backoff.resting("a");
  }

  private SourceResult refuses(int status, Map<String, String> headers) {
    return backoff.failed(
        "a",
        new HttpOperationFailedException("http://192.0.2.1/", status, "", "", headers, ""),
        null);
  }

  /** Asserts for how long it is left alone from now on. */
  private void assertRests(Duration length) throws Exception {
    pass(length.minusSeconds(2));
    assertThat(resting()).as("before %s are over", length).isNotNull();
    pass(Duration.ofSeconds(2));
    assertThat(resting()).as("after %s", length).isNull();
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
  void isLeftAloneForAsLongAsItSays(String retryAfter, Duration expected) throws Exception {
    refuses(429, Map.of("retry-after", retryAfter));
    assertRests(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 429})
  void withoutAWordForAWhileThatDoublesUpToAnHour(int status) throws Exception {
    for (int minutes : new int[] {2, 4, 8, 16, 32, 60, 60}) {
      refuses(status, Map.of());
      assertRests(Duration.ofMinutes(minutes));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 404, 500, 503})
  void isAskedAgainAfterOtherErrors(int status) throws Exception {
    refuses(status, Map.of("Retry-After", "600"));
    assertThat(resting()).isNull();
  }

  @Test
  void isForgivenWhenItAnswers() throws Exception {
    refuses(429, Map.of());
    assertThat(backoff.answered("a", ANSWER, null)).isEqualTo(SourceResult.answered("a", ANSWER));
    assertThat(resting()).isNull();
    refuses(429, Map.of());
    assertRests(Duration.ofMinutes(2));
  }

  /** Otherwise the log would never say it: the passes that follow fail in the same way. */
  @Test
  void saysAtOnceUntilWhenItIsLeftAlone() throws Exception {
    SourceResult result = refuses(429, Map.of("Retry-After", "600"));

    assertThat(result.failure().orElseThrow())
        .asInstanceOf(type(SourceBackingOff.class))
        .satisfies(
            left -> {
              assertThat(left.until()).isEqualTo(START.plusSeconds(600));
              assertThat(left.reason()).isInstanceOf(HttpOperationFailedException.class);
            });
    assertThat(resting()).isEqualTo(result);
  }

  @Test
  void leavesOthersAlone() throws Exception {
    refuses(429, Map.of());
    assertThat(backoff.resting("b")).isNull();
    assertThat(resting()).isNotNull();
  }

  @Test
  void anErrorOfTheMachineIsNotTheSources() {
    assertThatThrownBy(
            () -> backoff.failed("a", new IOException(new OutOfMemoryError("heap")), null))
        .isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void isNotWaitedForWhenItWasSlowThreeTimesInARow() throws Exception {
    SocketTimeoutException slow = new SocketTimeoutException("no answer");
    backoff.failed("a", slow, null);
    assertThat(resting()).isNull();
    backoff.failed("a", slow, null);
    assertThat(resting()).isNull();
    SourceResult third = backoff.failed("a", slow, null);
    assertThat(third.failure().orElseThrow())
        .asInstanceOf(type(SourceBackingOff.class))
        .satisfies(
            left -> {
              assertThat(left.until()).isEqualTo(START.plus(BREAK));
              assertThat(left.reason()).isSameAs(slow);
            });
    assertThat(resting()).isEqualTo(third);
    assertRests(BREAK);

    backoff.failed("a", slow, null);
    assertRests(BREAK);

    backoff.answered("a", ANSWER, null);
    backoff.failed("a", slow, null);
    assertThat(resting()).isNull();
  }

  static List<Exception> quickFailures() {
    return List.of(
        new RefusedAnswer(RefusedAnswer.Reason.EMPTY, "nothing"),
        new JsonParseException(null, "no JSON"),
        new ConnectException("refused"),
        new NoRouteToHostException("no route"),
        new UnknownHostException("ip.example.net"),
        new IllegalStateException(new ConnectException("refused")));
  }

  @ParameterizedTest
  @MethodSource("quickFailures")
  void isAlwaysAskedIfItsFailureCostsNoTime(Exception quick) throws Exception {
    SocketTimeoutException slow = new SocketTimeoutException("no answer");
    backoff.failed("a", slow, null);
    backoff.failed("a", slow, null);
    for (int times = 0; times < 5; times++) {
      assertThat(backoff.failed("a", quick, null).failure()).containsSame(quick);
      assertThat(resting()).isNull();
    }
    backoff.failed("a", slow, null);
    assertThat(resting()).isNull();
  }

  @Test
  void givesTheLastAnswerUntilTheSourceMayBeAskedAgain() throws Exception {
    assertThat(resting()).isNull();
    pass(Duration.ofSeconds(2));
    backoff.answered("a", ANSWER, LIMIT);
    pass(Duration.ofSeconds(LIMIT - 4));
    assertThat(requireNonNull(resting()).answer()).contains(ANSWER);
    pass(Duration.ofSeconds(2));
    assertThat(resting()).isNull();
  }

  @Test
  void countsFromTheQuestionAndNotFromARecollection() throws Exception {
    resting();
    backoff.answered("a", ANSWER, LIMIT);
    pass(Duration.ofSeconds(LIMIT / 2));
    assertThat(resting()).isNotNull();
    pass(Duration.ofSeconds(LIMIT / 2));
    assertThat(resting()).isNull();
  }

  /** Otherwise a check at every minute would ask in every other minute. */
  @Test
  void waitsForTheLastMoment() throws Exception {
    AtomicLong late = new AtomicLong();
    SourceBackoff real =
        new SourceBackoff(BREAK, Clock.systemUTC(), () -> System.nanoTime() + late.get());
    real.resting("a");
    real.answered("a", ANSWER, LIMIT);
    late.set(TimeUnit.SECONDS.toNanos(LIMIT) - TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(real.resting("a")).isNull();
  }

  @Test
  void repeatsAFailure() throws Exception {
    ConnectException refused = new ConnectException("refused");
    resting();
    backoff.failed("a", refused, LIMIT);
    pass(Duration.ofSeconds(1));
    assertThat(requireNonNull(resting()).failure()).containsSame(refused);
    pass(Duration.ofSeconds(LIMIT));
    assertThat(resting()).isNull();
  }
}
