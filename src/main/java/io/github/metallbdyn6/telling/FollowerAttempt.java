package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerNews;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One try to tell a follower something, in the thread that it runs in. */
final class FollowerAttempt {
  final FollowerNews news;
  private @Nullable Thread thread;
  private @Nullable String cancelled;

  FollowerAttempt(FollowerNews news) {
    this.news = news;
  }

  synchronized void runsHere() {
    thread = Thread.currentThread();
    if (cancelled != null) {
      thread.interrupt();
    }
  }

  void cancel() {
    cancel("a newer prefix has come");
  }

  synchronized void cancel(String why) {
    cancelled = Objects.requireNonNullElse(cancelled, why);
    if (thread != null) {
      thread.interrupt();
      FollowerCalls.breakOff(thread);
    }
  }

  /** From now on a cancellation finds nothing: the thread goes on to other work. */
  synchronized void end() {
    thread = null;
    boolean unused = Thread.interrupted();
  }

  /** Returns why it was given up, if it was. */
  synchronized Optional<String> cancelled() {
    return Optional.ofNullable(cancelled);
  }
}
