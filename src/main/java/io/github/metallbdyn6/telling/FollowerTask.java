package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.follower.FollowerPace;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.FollowerState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The news that one follower is still to be told, and the outcome of the last try. It is told one
 * thing at a time, so that nothing older can arrive behind something newer; only the newest waits.
 */
final class FollowerTask {
  private static final int TRIES_OF_A_NOTICE = 5;

  final String name;
  private @Nullable FollowerNews change;
  private @Nullable FollowerNews notice;
  private @Nullable FollowerAttempt running;
  private int failures;
  private int ownWaits;
  private @Nullable String error;
  private @Nullable Instant failedSince;
  private @Nullable Instant nextTry;

  FollowerTask(String name) {
    this.name = name;
  }

  /**
   * Takes news, and gives up what is under way for older ones.
   *
   * @return whether to begin now
   */
  synchronized boolean take(FollowerNews news) {
    if (!news.isChange()) {
      notice = news;
      return running == null && failures == 0;
    }
    FollowerNews before = change;
    if (before != null && before.now().equals(news.now())) {
      return false; // it is under way, or waits for its next try
    }
    change = news;
    forgetFailures();
    FollowerAttempt old = running;
    if (old != null) {
      old.cancel();
    }
    return old == null;
  }

  /** Forgets the change: the follower has been told this prefix, whoever knows it. */
  synchronized void isUpToDate() {
    if (running == null && (change != null || notice == null)) {
      change = null;
      forgetFailures();
    }
  }

  /** Takes note that a person has to act first. */
  synchronized void isStopped(Instant now) {
    if (failedSince == null) {
      error = "it was stopped before the program was started";
      failedSince = now;
    }
  }

  /** Nothing is told any more; the reason stays. */
  synchronized void stop() {
    change = null;
    notice = null;
    nextTry = null;
  }

  /** Forgets what is to be told: another replica tells it. What is under way ends by itself. */
  synchronized void standBy() {
    change = null;
    notice = null;
    forgetFailures();
  }

  /** Returns what to tell now, which begins with this; nothing while something is under way. */
  synchronized Optional<FollowerAttempt> begin() {
    FollowerNews news = change != null ? change : notice;
    if (running != null || news == null) {
      return Optional.empty();
    }
    FollowerAttempt attempt = new FollowerAttempt(news);
    running = attempt;
    nextTry = null;
    return Optional.of(attempt);
  }

  /** Takes note of a success; what came meanwhile stays. */
  synchronized void told(FollowerAttempt attempt) {
    running = null;
    if (attempt.news.equals(change)) {
      change = null;
    } else if (attempt.news.equals(notice)) {
      notice = null;
    }
    forgetFailures();
  }

  /**
   * Takes note of a failure.
   *
   * @return how often in a row it has failed; 0 for one that was given up for newer news
   */
  synchronized int failed(FollowerAttempt attempt, String why, Instant now) {
    running = null;
    if (change != null && !change.equals(attempt.news)) {
      return 0;
    }
    error = why;
    failedSince = failedSince == null ? now : failedSince;
    failures++;
    int times = failures;
    if (attempt.news.equals(notice) && failures >= TRIES_OF_A_NOTICE) {
      notice = null; // it is old by now, and the page says what is wrong
      forgetFailures();
    }
    return times;
  }

  /** Returns how long to wait where no server says it. Waits that a server asks for count not. */
  synchronized Duration ownWait() {
    ownWaits++;
    return FollowerPace.after(ownWaits);
  }

  synchronized void waitUntil(Instant time) {
    nextTry = time;
  }

  private void forgetFailures() {
    failures = 0;
    ownWaits = 0;
    error = null;
    failedSince = null;
    nextTry = null;
  }

  synchronized FollowerState state(FollowerRecord record) {
    return new FollowerState(
        name,
        record.of(name),
        Optional.ofNullable(change).map(FollowerNews::now),
        failures,
        Optional.ofNullable(error),
        Optional.ofNullable(failedSince),
        Optional.ofNullable(nextTry),
        record.stopped().contains(name));
  }
}
