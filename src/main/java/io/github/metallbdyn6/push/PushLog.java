package io.github.metallbdyn6.push;

import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.ProgramEvent;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why pushes are not taken: each reason at once, and again after ten minutes with how many
 * there were meanwhile. The journal is told of every push.
 */
final class PushLog {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final long PAUSE_NANOS = 600_000_000_000L;

  private record Silence(long until, int pushes) {}

  private final Map<String, Silence> silences = new HashMap<>();
  private final Journals journal;
  private final LongSupplier nanoTime;

  PushLog(Journals journal, LongSupplier nanoTime) {
    this.journal = journal;
    this.nanoTime = nanoTime;
  }

  /** Notes what came of a push; an answer never has anything secret in it. */
  void answered(InetAddress caller, PushAnswer answer) {
    answer
        .refusal()
        .ifPresentOrElse(
            reason -> refused(caller, reason, answer.text()),
            () -> journal.note(ProgramEvent.PushTaken::new));
  }

  /** Notes what was in the way of a push that was right. */
  void failed(InetAddress caller, PushAnswer answer, Throwable failure) {
    String why = journal.reasonOf(failure);
    answer
        .refusal()
        .ifPresent(reason -> refused(caller, reason, why + "; the router may try again later"));
  }

  private synchronized void refused(InetAddress caller, String reason, String why) {
    long now = nanoTime.getAsLong();
    Silence silence = silences.get(reason);
    if (silence != null && now - silence.until() < 0) {
      silences.put(reason, new Silence(silence.until(), silence.pushes() + 1));
      note(reason, caller, why, true);
      return;
    }
    String meanwhile =
        silence == null || silence.pushes() == 0
            ? ""
            : " (and %d more for this reason before)".formatted(silence.pushes());
    silences.put(reason, new Silence(now + PAUSE_NANOS, 0));
    LOG.warn("A push from {} was not taken: {}{}.", caller.getHostAddress(), why, meanwhile);
    note(reason, caller, why + meanwhile, false);
  }

  private void note(String reason, InetAddress caller, String why, boolean repeated) {
    String address = caller.getHostAddress();
    journal.note(at -> new ProgramEvent.PushRefused(at, reason, address, why, repeated));
  }
}
