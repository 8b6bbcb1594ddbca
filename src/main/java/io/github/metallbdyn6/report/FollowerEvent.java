package io.github.metallbdyn6.report;

import io.github.metallbdyn6.follower.FollowerNews;
import java.time.Instant;

/** Something that happened to a follower. */
public sealed interface FollowerEvent extends PassEvent {
  /** Returns the follower's name. */
  String follower();

  /** A follower was told. */
  record FollowerTold(Instant at, String follower, FollowerNews news) implements FollowerEvent {
    @Override
    public EventKind kind() {
      return EventKind.FOLLOWER_TOLD;
    }

    @Override
    public String text() {
      return "follower %s was told: %s".formatted(follower, news.text());
    }
  }

  /**
   * A follower failed.
   *
   * @param failures how often in a row
   * @param reason why, in one line
   * @param nextTry when it is tried again
   */
  record FollowerFailed(Instant at, String follower, int failures, String reason, Instant nextTry)
      implements FollowerEvent {
    @Override
    public EventKind kind() {
      return EventKind.FOLLOWER_FAILED;
    }

    @Override
    public boolean isEveryday() {
      return failures > 1;
    }

    @Override
    public String text() {
      return "follower %s has failed: %s; the pool is right, and it is told again at %s"
          .formatted(follower, reason, Trouble.minute(nextTry));
    }
  }

  /** A follower is told nothing more until a person acts. */
  record FollowerHasStopped(Instant at, String follower, String reason) implements FollowerEvent {
    @Override
    public EventKind kind() {
      return EventKind.FOLLOWER_STOPPED;
    }

    @Override
    public String text() {
      return "follower %s is stopped until you act: %s".formatted(follower, reason);
    }
  }
}
