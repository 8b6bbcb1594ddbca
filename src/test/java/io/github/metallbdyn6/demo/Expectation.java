package io.github.metallbdyn6.demo;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits for what the demo is to show.
 *
 * @param patience how long each step may take
 */
record Expectation(Duration patience) {

  /** Waits until this is seen, a sentence without its full stop. */
  void see(String what, Callable<Boolean> condition) throws NotSeen {
    try {
      Awaitility.await().atMost(patience).ignoreExceptions().until(condition);
    } catch (ConditionTimeoutException e) {
      throw new NotSeen("Not seen within %d s: %s.".formatted(patience.toSeconds(), what));
    }
  }
}
