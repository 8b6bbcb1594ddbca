package io.github.metallbdyn6.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentAnswersTest {
  private static final String URL = "https://ip.example.net/json";
  private static final String ANSWER = "2001:db8::1";
  private static final int LIMIT = 60;

  /** Where a running JVM's may be: just before it overflows. */
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);

  private final RecentAnswers answers = new RecentAnswers(clock::get);

  private void pass(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private @Nullable String recall() throws Exception {
    return answers.recall(URL, LIMIT);
  }

  @Test
  void hasTheFirstQuestionAsked() throws Exception {
    assertThat(recall()).isNull();
  }

  @Test
  void givesTheLastAnswerUntilTheSourceMayBeAskedAgain() throws Exception {
    recall();
    pass(2);
    answers.keep(URL, ANSWER, null);
    pass(LIMIT - 4);
    assertThat(recall()).isEqualTo(ANSWER);
    pass(2);
    assertThat(recall()).isNull();
  }

  @Test
  void countsFromTheQuestionAndNotFromARecollection() throws Exception {
    recall();
    answers.keep(URL, ANSWER, null);
    pass(LIMIT / 2);
    recall();
    pass(LIMIT / 2);
    assertThat(recall()).isNull();
  }

  /** Otherwise a check at every minute would ask in every other minute. */
  @Test
  void waitsForTheLastMoment() throws Exception {
    AtomicLong late = new AtomicLong();
    RecentAnswers real = new RecentAnswers(() -> System.nanoTime() + late.get());
    real.recall(URL, LIMIT);
    real.keep(URL, ANSWER, null);
    late.set(TimeUnit.SECONDS.toNanos(LIMIT) - TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(real.recall(URL, LIMIT)).isNull();
  }

  @Test
  void repeatsAFailure() throws Exception {
    recall();
    answers.keep(URL, null, new IOException("no route to host"));
    pass(1);
    assertThatThrownBy(this::recall).isInstanceOf(IOException.class).hasMessage("no route to host");
    pass(LIMIT);
    assertThat(recall()).isNull();
  }

  /** What an earlier try of the same check failed with may still be about. */
  @Test
  void prefersAnAnswerToAFailure() throws Exception {
    recall();
    answers.keep(URL, ANSWER, new IOException("of an earlier try"));
    assertThat(recall()).isEqualTo(ANSWER);
  }

  @Test
  void doesNotHaveTheSameAskedTwiceAtTheSameTime() throws Exception {
    recall();
    assertThatThrownBy(this::recall).hasMessageContaining("60 s");
  }

  @Test
  void keepsNothingWithoutALimit() throws Exception {
    answers.recall(URL, null);
    answers.keep(URL, ANSWER, null);
    assertThat(answers.recall(URL, null)).isNull();
    assertThat(recall()).isNull();
  }

  @Test
  void keepsQuestionsApart() throws Exception {
    recall();
    answers.keep(URL, ANSWER, null);
    assertThat(answers.recall("https://ip.example.net/other", LIMIT)).isNull();
  }
}
