package io.github.metallbdyn6.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.metallbdyn6.answer.RefusedAnswer;
import io.github.metallbdyn6.answer.RefusedAnswer.Reason;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pass.OnePool;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.PassEvent;
import io.github.metallbdyn6.testbed.Explainers;
import io.github.metallbdyn6.testbed.ProgramLog;
import java.net.InetAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushLogTest {
  private final ProgramLog lines = new ProgramLog();
  private final Journal journal = new Journal("push", Clock.systemUTC(), Explainers.REAL);
  private final List<PassEvent> told = new ArrayList<>();
  private long now;
  private final PushLog log =
      new PushLog(
          new Journals(new OnePool<>("home/public", journal), Explainers.REAL, Leadership.ALONE),
          () -> now);

  PushLogTest() {
    journal.addReader(told::add);
  }

  @AfterEach
  void close() {
    lines.close();
  }

  private void refuse(Reason reason, String text) {
    log.answered(InetAddress.getLoopbackAddress(), PushAnswer.of(new RefusedAnswer(reason, text)));
  }

  @Test
  void saysEachReasonAtOnceAndOnce() {
    refuse(Reason.UNIQUE_LOCAL, "fd00::1 is unique-local");
    refuse(Reason.UNIQUE_LOCAL, "fd00::2 is unique-local");
    refuse(Reason.EMPTY, "no IPv6 prefix");
    log.answered(InetAddress.getLoopbackAddress(), PushAnswer.BAD_AUTH);
    log.answered(InetAddress.getLoopbackAddress(), PushAnswer.BAD_AUTH);

    assertThat(lines.lines())
        .containsExactly(
            "WARN A push from 127.0.0.1 was not taken: fd00::1 is unique-local.",
            "WARN A push from 127.0.0.1 was not taken: no IPv6 prefix.",
            "WARN A push from 127.0.0.1 was not taken: wrong token, user or password.");
    assertThat(told).hasSize(5);
    assertThat(journal.situation().history()).hasSize(3);
  }

  @Test
  void saysLaterHowManyThereWere() {
    refuse(Reason.EMPTY, "no IPv6 prefix");
    refuse(Reason.EMPTY, "no IPv6 prefix");
    refuse(Reason.EMPTY, "no IPv6 prefix");
    now = TimeUnit.MINUTES.toNanos(10);
    refuse(Reason.EMPTY, "no IPv6 prefix");

    assertThat(lines.lines())
        .last()
        .asString()
        .contains("no IPv6 prefix (and 2 more for this reason before).");
  }
}
