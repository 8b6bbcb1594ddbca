package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.CurrentPrefix;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.ipv6.Lifetimes;
import io.github.metallbdyn6.ipv6.RefusedAnswer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Instant START = Instant.parse("2026-01-02T10:14:00Z");

  /** A clock that the test sets. */
  private static final class Hand extends Clock {
    private Instant now = START;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private final Hand clock = new Hand();
  private static final CurrentPrefix A = from("my-ip", "2001:db8:a::/64");

  private final Journal journal = new Journal("my-ip", clock);

  private static CurrentPrefix from(String source, String prefix) {
    return new CurrentPrefix(Ipv6Prefix.parse(prefix), List.of(source), Lifetimes.UNKNOWN);
  }

  private static RefusedAnswer refusal(RefusedAnswer.Reason reason) {
    return new RefusedAnswer(reason, "test");
  }

  @Test
  void aTroubleLastsSinceItsOwnBegin() {
    journal.failed(refusal(RefusedAnswer.Reason.MALFORMED));
    clock.now = START.plusSeconds(60);
    journal.failed(refusal(RefusedAnswer.Reason.UNIQUE_LOCAL));
    clock.now = START.plusSeconds(120);
    journal.failed(refusal(RefusedAnswer.Reason.UNIQUE_LOCAL));

    Trouble trouble = journal.situation().trouble().orElseThrow();
    assertThat(trouble.since()).isEqualTo(START.plusSeconds(60));
    assertThat(trouble.passes()).isEqualTo(2);
    assertThat(trouble.inWords()).contains("unique_local", "since 2026-01-02 10:15 UTC");
  }

  @Test
  void remembersWhatIsNewAndNothingOfIdlePasses() {
    journal.answered(A);
    for (int pass = 0; pass < 100; pass++) {
      journal.answered(A);
      journal.succeeded();
      journal.failed(refusal(RefusedAnswer.Reason.EMPTY));
      journal.failed(refusal(RefusedAnswer.Reason.EMPTY));
    }
    List<Happening> history = new ArrayList<>(journal.situation().history());
    assertThat(history).hasSize(50).noneMatch(Happening::isEveryday);
  }

  @Test
  void aPauseIsAHoldUntilItEnds() {
    journal.paused(true);
    assertThat(journal.situation().troubleInWords())
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("holding the pool: passes are paused, since 2026-01-02 10:14 UTC.")
                    .contains("resume"));
    journal.paused(false);
    assertThat(journal.situation().troubleInWords()).isEmpty();
  }

  @Test
  void tellsThatAnotherSourceGivesTheSamePrefix() {
    List<String> told = new ArrayList<>();
    journal.addReader(what -> told.add(what.text()));
    journal.answered(A);
    clock.now = START.plusSeconds(60);
    journal.answered(from("ipify", "2001:db8:a::/64"));

    assertThat(told)
        .containsExactly(
            "source my-ip answers the prefix 2001:db8:a::/64",
            "source ipify answers now, before it was my-ip; the prefix is the same");
    assertThat(journal.situation().prefixSince()).contains(START);
  }
}
