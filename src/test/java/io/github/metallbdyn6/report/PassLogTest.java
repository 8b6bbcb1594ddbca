package io.github.metallbdyn6.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Explanation.Area;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.Reversion;
import io.github.metallbdyn6.testbed.ProgramLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PassLogTest {
  private static final String RANGE_A = "2001:db8:a::1000-2001:db8:a::1999";
  private static final String RANGE_B = "2001:db8:b::1000-2001:db8:b::1999";
  private static final Instant START = Instant.parse("2026-01-02T10:00:00Z");
  private static final Reversion REVERSION =
      new Reversion(
          List.of(AddressRange.parseEntry(RANGE_B).orElseThrow()),
          Optional.of(PoolEntry.of(RANGE_A)));

  private final PassLog passLog = new PassLog();
  private final ProgramLog log = new ProgramLog();

  @AfterEach
  void closeLog() {
    log.close();
  }

  private void reverted(int minutes, int times) {
    passLog.accept(new PassEvent.PoolReverted(START.plusSeconds(60L * minutes), REVERSION, times));
  }

  @Test
  void namesTheCureWhenSomebodyHasUndoneAChange() {
    reverted(0, 1);

    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith(
            "WARN Somebody has put %s in the place of %s. Most likely it is a GitOps tool"
                .formatted(RANGE_A, RANGE_B))
        .contains("ignoreDifferences", "kustomize.toolkit.fluxcd.io/ssa: IfNotPresent");
  }

  @Test
  void endsASentenceOnce() {
    passLog.accept(new ProgramEvent.RoutesEdited(START, true, "refused; did you mean ask-web?"));
    passLog.accept(new ProgramEvent.RoutesEdited(START, true, "refused. Correct the file."));
    passLog.accept(new ProgramEvent.RoutesEdited(START, false, "new routes are in use"));
    assertThat(log.lines())
        .containsExactly(
            "WARN Refused; did you mean ask-web?",
            "WARN Refused. Correct the file.",
            "INFO New routes are in use.");
  }

  /** A pool that is kept later may be the first one by its name. */
  @Test
  void theFirstPassIsTheProgramsAndNotThatOfEachPool() {
    AtomicBoolean begun = new AtomicBoolean();
    PassLog.ofPool("home/public", () -> true, begun)
        .accept(new PassEvent.PassSucceeded(START, Optional.empty()));
    PassLog.ofPool("home/internal", () -> true, begun)
        .accept(new PassEvent.PassSucceeded(START, Optional.empty()));
    assertThat(log.lines()).singleElement().asString().contains("The first pass has succeeded");
  }

  @Test
  void theEndOfAPauseIsNoWarning() {
    passLog.accept(new ProgramEvent.PauseChanged(START, true, "passes are paused"));
    passLog.accept(new ProgramEvent.PauseChanged(START, false, "passes go on"));
    assertThat(log.lines()).containsExactly("WARN Passes are paused.", "INFO Passes go on.");
  }

  @Test
  void isNotFilledByToolsThatFight() {
    for (int minutes = 0; minutes <= 120; minutes += 10) {
      reverted(minutes, Math.min(1 + minutes / 10, 6));
    }
    assertThat(log.lines())
        .as("three, and a reminder an hour after the third")
        .hasSize(4)
        .element(2)
        .asString()
        .contains("3 times within an hour by now");
  }

  private void failed(int minutes, Trouble trouble) {
    passLog.accept(new PassEvent.PassFailed(START.plusSeconds(60L * minutes), trouble));
  }

  @Test
  void theEndOfAHoldIsNotThatOfAFailure() {
    Explanation held = Explanation.held("waits", "it waits", "Wait.");
    Explanation down = Explanation.failure(Area.CLUSTER, "down", "it is down").advised("Wait.");
    Trouble once = Trouble.after(null, held, START);
    for (Trouble ended :
        List.of(once, Trouble.after(once, held, START), Trouble.after(null, down, START))) {
      passLog.accept(new PassEvent.PassSucceeded(START, Optional.of(ended)));
    }
    assertThat(log.lines())
        .filteredOn(line -> line.contains("again"))
        .containsExactly(
            "INFO Passes succeed again after one that was held.",
            "INFO Passes succeed again after 2 that were held for the same reason.",
            "INFO Passes succeed again after one failure.");
  }

  @Test
  void failuresThatTakeTurnsAreToldOnceAnHourEach() {
    Explanation down = Explanation.failure(Area.CLUSTER, "down", "it is down").advised("Wait.");
    Explanation slow = Explanation.failure(Area.CLUSTER, "slow", "it is slow").advised("Wait.");
    Trouble last = null;
    for (int minutes = 0; minutes < 90; minutes++) {
      last = Trouble.after(last, minutes % 2 == 0 ? down : slow, START);
      failed(minutes, last);
    }

    assertThat(log.lines())
        .containsExactly(
            "WARN Pass failed: it is down. Wait.",
            "WARN Pass failed: it is slow. Wait.",
            "WARN Pass failed: it is down. Wait.",
            "WARN Pass failed: it is slow. Wait.");
    passLog.accept(new PassEvent.PassSucceeded(START.plusSeconds(6000), Optional.ofNullable(last)));
    failed(101, Trouble.after(null, down, START));
    assertThat(log.lines()).hasSize(7);
  }
}
