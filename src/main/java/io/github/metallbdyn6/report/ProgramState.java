package io.github.metallbdyn6.report;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.ipv6.AddressRange;
import io.github.metallbdyn6.ipv6.Ipv6Prefix;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.PoolPlan;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.PassEvent.PoolReverted;
import io.github.metallbdyn6.report.PassEvent.PrefixChanged;
import io.github.metallbdyn6.report.PassEvent.SourceChanged;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program's present beliefs. It begins with none at every start. */
final class ProgramState {
  final Pauses pauses = new Pauses();
  private final String source;
  private final Instant startedAt;
  private final Reversions reversions = new Reversions();
  private @Nullable CurrentPrefix current;
  private @Nullable Instant prefixSince;
  private @Nullable PoolPlan plan;
  private @Nullable PoolState pool;
  private @Nullable AddressRange kept;
  private @Nullable Instant lastChange;
  private @Nullable Instant lastPass;
  private @Nullable Instant lastSuccess;
  private @Nullable Trouble trouble;
  private int misplaced;

  ProgramState(String source, Instant startedAt) {
    this.source = source;
    this.startedAt = startedAt;
  }

  /** Returns what is new about the prefix or its source. */
  synchronized Optional<PassEvent> answered(CurrentPrefix answer, Instant now) {
    Optional<CurrentPrefix> before = Optional.ofNullable(current);
    Optional<Ipv6Prefix> prefixBefore = before.map(CurrentPrefix::prefix);
    current = answer;
    if (prefixBefore.filter(answer.prefix()::equals).isPresent()) {
      return before
          .filter(last -> isOtherSource(last, answer))
          .map(last -> new SourceChanged(now, last.sources().get(0), answer.sources().get(0)));
    }
    prefixSince = now;
    return Optional.of(new PrefixChanged(now, prefixBefore, answer.prefix(), answer.sources()));
  }

  /** Where several sources agree, one or the other may always be late. */
  private static boolean isOtherSource(CurrentPrefix last, CurrentPrefix now) {
    return last.sources().size() == 1
        && now.sources().size() == 1
        && !last.sources().equals(now.sources());
  }

  synchronized boolean hasPlanned() {
    return plan != null;
  }

  /** Returns what somebody has undone in the pool since it was looked at last. */
  synchronized Optional<PoolReverted> planned(PoolPlan settled, Instant now) {
    plan = settled;
    pool = settled.current();
    kept = settled.isChanged() ? kept : settled.desired();
    return reversions.seen(settled.reversion(), now);
  }

  synchronized void patched(PoolPass pass, Instant now) {
    pool = pass.state();
    kept = pass.plan().desired();
    lastChange = now;
    reversions.putRight();
  }

  synchronized void read(PoolState now) {
    pool = now;
  }

  synchronized void misplaced(int services) {
    misplaced = services;
  }

  /** Returns the trouble that passes are in now. */
  synchronized Trouble failed(Explanation why, Instant now) {
    lastPass = now;
    trouble = Trouble.after(trouble, why, now);
    return trouble;
  }

  /** Returns the trouble that is over, if passes were in one. */
  synchronized Optional<Trouble> succeeded(Instant now) {
    Optional<Trouble> ended = Optional.ofNullable(trouble);
    trouble = null;
    lastPass = now;
    lastSuccess = now;
    return ended;
  }

  /** Returns all of this with what is not right although passes succeed, and what happened. */
  synchronized Status status(Attention attention, List<PastHappening> history) {
    Optional<Trouble> pause = pauses.trouble();
    Optional<List<Sighting>> services =
        plan == null || pool == null ? Optional.empty() : attention.services(pool, plan);
    return new Status(
        startedAt,
        source,
        Optional.ofNullable(current),
        Optional.ofNullable(prefixSince),
        Optional.ofNullable(plan),
        Optional.ofNullable(pool),
        Optional.ofNullable(kept),
        Optional.ofNullable(lastChange),
        Optional.ofNullable(lastPass),
        Optional.ofNullable(lastSuccess),
        pause.or(() -> Optional.ofNullable(trouble)),
        pause.map(Trouble::since),
        misplaced,
        services,
        attention.all(services.orElse(List.of())),
        history);
  }
}
