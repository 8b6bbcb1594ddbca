package io.github.metallbdyn6.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The answers of services that may be asked only so often: until such a service may be asked again,
 * its last answer is its answer, and a failure its failure.
 */
public final class RecentAnswers {
  /**
   * A check every minute comes some milliseconds early now and then, and is not to get the answer
   * of the minute before.
   */
  private static final Duration WORTH_WAITING_FOR = Duration.ofSeconds(1);

  /** How a question ended; with neither answer nor failure it has not yet. */
  private record Outcome(long asked, @Nullable String answer, @Nullable Exception failure) {}

  private final Map<String, Outcome> outcomes = new HashMap<>();
  private final LongSupplier nanoTime;

  /** Creates the memory, with a clock that is never set, as of {@link System#nanoTime}. */
  public RecentAnswers(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * Returns the last answer, or null if the source is to be asked now. Up to a second is waited
   * for.
   *
   * @param question what was asked, such as a URL
   * @param seconds the least time between two questions; null: none
   * @throws Exception the failure of the last question, if it was that
   */
  public synchronized @Nullable String recall(String question, @Nullable Integer seconds)
      throws Exception {
    if (seconds == null) {
      return null;
    }
    Outcome last = outcomes.get(question);
    if (last != null && !isOver(last.asked + TimeUnit.SECONDS.toNanos(seconds))) {
      return resultOf(last, seconds);
    }
    outcomes.put(question, new Outcome(nanoTime.getAsLong(), null, null));
    return null;
  }

  private boolean isOver(long end) throws InterruptedException {
    long left = end - nanoTime.getAsLong();
    if (left > 0 && left <= WORTH_WAITING_FOR.toNanos()) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
    return end - nanoTime.getAsLong() <= 0;
  }

  private static String resultOf(Outcome outcome, int seconds) throws Exception {
    if (outcome.answer != null) {
      return outcome.answer;
    }
    if (outcome.failure != null) {
      throw outcome.failure;
    }
    throw new IllegalStateException(
        "it is being asked already, and may be asked once in %d s".formatted(seconds));
  }

  /**
   * Keeps how the question ended that {@link #recall} allowed; of any other nothing is kept.
   *
   * @param answer the text, or null when there was none
   * @param failure why there is no answer
   */
  public synchronized void keep(
      String question, @Nullable String answer, @Nullable Exception failure) {
    outcomes.computeIfPresent(
        question, (same, outcome) -> new Outcome(outcome.asked, answer, failure));
  }
}
