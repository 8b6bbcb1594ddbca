package io.github.metallbdyn6.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pass.OnePool;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.testbed.Explainers;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AttentionCheckTest {
  private static final Status UNKNOWN = Status.unknown(Instant.EPOCH, "my-ip");

  private static Optional<String> praise(Status now) {
    Journal journal = new Journal("my-ip", Clock.systemUTC(), Explainers.REAL);
    Journals journals =
        new Journals(new OnePool<>("home/public", journal), Explainers.REAL, Leadership.ALONE);
    return new AttentionCheck(journals).praise(Map.of("home/public", now));
  }

  /** It is too early to say that the account may not. */
  @Test
  void beforeTheFirstPassNothingIsSaidOfAccess() {
    assertThat(praise(UNKNOWN)).contains("no pass has looked at services yet");
  }

  @Test
  void aPoolWithoutServicesIsSaidToHaveNone() {
    Status none =
        new Status(
            UNKNOWN.startedAt(),
            UNKNOWN.source(),
            UNKNOWN.current(),
            UNKNOWN.prefixSince(),
            UNKNOWN.plan(),
            UNKNOWN.pool(),
            UNKNOWN.kept(),
            UNKNOWN.lastChange(),
            UNKNOWN.lastPass(),
            UNKNOWN.lastSuccess(),
            UNKNOWN.trouble(),
            UNKNOWN.pausedSince(),
            UNKNOWN.misplaced(),
            Optional.of(List.of()),
            List.of(),
            List.of());
    assertThat(praise(none)).contains("no services");
  }
}
