package io.github.metallbdyn6.telling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.follower.FollowedPrefix;
import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.follower.FollowerPace;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One thing at a time, and the newest at last. */
class FollowerTaskTest {
  private static final Instant NOW = Instant.parse("2026-11-22T18:51:07Z");
  private static final FollowerNews B = news("2001:db8:b::/64");
  private static final FollowerNews C = news("2001:db8:c::/64");
  private static final FollowerNews HOLD = B.notice(FollowerNews.HOLD, "held");

  private final FollowerTask task = new FollowerTask("webhook");

  private static FollowerNews news(String prefix) {
    Ipv6Prefix it = Ipv6Prefix.parse(prefix);
    return FollowerNews.change("ns/public", new FollowedPrefix(it, it), Optional.empty(), "");
  }

  private FollowerAttempt begun(FollowerNews news) {
    assertThat(task.take(news)).isTrue();
    return task.begin().orElseThrow();
  }

  private FollowerState state() {
    return task.state(FollowerRecord.NONE);
  }

  @Test
  void takesTheSameNewsOnce() {
    begun(B);
    assertThat(task.take(news("2001:db8:b::/64"))).isFalse();
    assertThat(task.begin()).isEmpty();
  }

  @Test
  void givesUpWhatIsUnderWayForNewerNewsAndBeginsWithThemAfterIt() {
    FollowerAttempt old = begun(B);
    assertThat(task.take(C)).as("begins now").isFalse();
    assertThat(old.cancelled()).isPresent();
    assertThat(task.failed(old, "interrupted", NOW)).as("failures").isZero();
    assertThat(task.begin().orElseThrow().news).isEqualTo(C);
  }

  @Test
  void keepsNewerNewsWhenTheOlderOnesSucceedNevertheless() {
    FollowerAttempt old = begun(B);
    assertThat(task.take(C)).isFalse();
    task.told(old);
    assertThat(task.begin().orElseThrow().news).isEqualTo(C);
  }

  @Test
  void countsFailuresUntilASuccessOrNewerNews() {
    assertThat(task.failed(begun(B), "no", NOW)).isEqualTo(1);
    assertThat(task.take(B)).as("waits for its next try").isFalse();
    assertThat(task.failed(task.begin().orElseThrow(), "no", NOW.plusSeconds(5))).isEqualTo(2);
    assertThat(state())
        .returns("failing", FollowerState::condition)
        .returns(Optional.of(NOW), FollowerState::since);
    assertThat(task.take(C)).isTrue();
    assertThat(state()).returns(0, FollowerState::failures);
  }

  @Test
  void forgetsItsTroubleWhenThePoolSaysThatTheFollowerKnows() {
    assertThat(task.failed(begun(B), "no", NOW)).isEqualTo(1);
    task.isUpToDate();
    assertThat(task.begin()).isEmpty();
    assertThat(state().error()).isEmpty();
  }

  @Test
  void tellsAChangeBeforeANotice() {
    FollowerAttempt notice = begun(HOLD);
    assertThat(task.take(C)).isFalse();
    assertThat(task.failed(notice, "interrupted", NOW)).isZero();
    FollowerAttempt change = task.begin().orElseThrow();
    assertThat(change.news).isEqualTo(C);
    task.told(change);
    assertThat(task.begin().orElseThrow().news).isEqualTo(HOLD);
  }

  @Test
  void dropsANoticeAfterFiveTries() {
    assertThat(task.take(HOLD)).isTrue();
    for (int times = 1; times <= 5; times++) {
      assertThat(task.failed(task.begin().orElseThrow(), "no", NOW)).isEqualTo(times);
    }
    assertThat(task.begin()).isEmpty();
    assertThat(state().error()).isEmpty();
  }

  @Test
  void staysStoppedUntilAPersonActs() {
    assertThat(task.failed(begun(B), "abuse", NOW)).isEqualTo(1);
    task.stop();
    assertThat(task.begin()).isEmpty();
    assertThat(task.state(FollowerRecord.NONE.stop("webhook")))
        .returns("stopped", FollowerState::condition)
        .returns(Optional.of("abuse"), FollowerState::error);
    assertThat(task.take(B)).as("resumed").isTrue();
  }

  /**
   * A server that asked four times for a second would be left alone for a minute after a hiccup.
   */
  @Test
  void waitsThatAServerAsksForDoNotLengthenItsOwn() {
    assertThat(task.failed(begun(B), "429", NOW)).isEqualTo(1);
    assertThat(task.failed(task.begin().orElseThrow(), "429", NOW)).isEqualTo(2);
    assertThat(task.failed(task.begin().orElseThrow(), "reset", NOW)).isEqualTo(3);
    assertThat(task.ownWait()).isEqualTo(FollowerPace.after(1));
    assertThat(task.ownWait()).isEqualTo(FollowerPace.after(2));
  }
}
