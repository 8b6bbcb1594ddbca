package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.follower.FollowerState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FollowerConcernsTest {
  private static String text(boolean stopped) {
    FollowerState state =
        new FollowerState(
            "dyndns",
            Optional.empty(),
            Optional.empty(),
            1,
            Optional.of("the provider answers 'badauth'"),
            Optional.of(Instant.parse("2026-11-28T10:00:00Z")),
            Optional.empty(),
            stopped);
    return FollowerConcerns.of(List.of(state)).orElseThrow().text();
  }

  @Test
  void aStoppedFollowerIsCalledStopped() {
    assertThat(text(true))
        .isEqualTo("the follower dyndns is stopped: the provider answers 'badauth'");
    assertThat(text(false)).startsWith("the follower dyndns was not told what happened: ");
  }
}
