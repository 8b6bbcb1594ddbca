package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.report.HandoverEvent;
import io.github.metallbdyn6.report.PassEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Tells a follower what a person wants to know besides changes: a hold, its end, services. */
public final class FollowerNotices implements Consumer<PassEvent> {
  private final Followers followers;
  private final String follower;
  private final Set<String> causes;
  private final Duration holdAfter;
  private @Nullable Instant since;
  private boolean holdTold;

  /**
   * Tells one follower.
   *
   * @param causes what it wants to be told
   * @param holdAfter how long passes may not succeed before that is told
   */
  public FollowerNotices(
      Followers followers, String follower, Set<String> causes, Duration holdAfter) {
    this.followers = followers;
    this.follower = follower;
    this.causes = Set.copyOf(causes);
    this.holdAfter = holdAfter;
  }

  @Override
  public synchronized void accept(PassEvent what) {
    if (what instanceof PassEvent.PassFailed failed) {
      held(failed);
    } else if (what instanceof PassEvent.PassSucceeded) {
      succeeded();
    } else if (what instanceof HandoverEvent.ServicesLeft
        || what instanceof HandoverEvent.ServicesUnreachable) {
      tell(FollowerNews.SERVICE, what.text());
    }
  }

  /** One trouble may follow another one: the pool is held all the while. */
  private void held(PassEvent.PassFailed failed) {
    Instant begin = since == null ? failed.at().truncatedTo(ChronoUnit.SECONDS) : since;
    since = begin;
    if (!holdTold && !failed.at().isBefore(begin.plus(holdAfter))) {
      holdTold = true;
      tell(
          FollowerNews.HOLD,
          "no pass has succeeded since %s: %s. %s"
              .formatted(begin, failed.trouble().text(), failed.trouble().advice()));
    }
  }

  private void succeeded() {
    if (holdTold) {
      tell(FollowerNews.RECOVERED, "passes succeed again; none had since " + since);
    }
    holdTold = false;
    since = null;
  }

  private void tell(String cause, String text) {
    if (causes.contains(cause)) {
      followers.notice(follower, cause, text);
    }
  }
}
