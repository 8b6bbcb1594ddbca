package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventHistoryTest {
  private static final Instant START = Instant.parse("2026-01-02T10:14:00Z");

  private final EventHistory history = new EventHistory();

  @Test
  void keepsTheLastFiftyInTheirOrder() {
    for (int i = 1; i <= 60; i++) {
      history.add(new PassEvent.DryRun(START, "would do " + i));
    }
    assertThat(history.all())
        .extracting(PastHappening::text)
        .hasSize(50)
        .startsWith("would do 11")
        .endsWith("would do 60");
  }

  @Test
  void leavesOutWhatHappensEveryDay() {
    history.add(new ProgramEvent.PushTaken(START));
    assertThat(history.all()).isEmpty();
  }
}
