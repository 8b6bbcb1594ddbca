package io.github.metallbdyn6.status;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.handover.HandoverRule;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.Concern;
import io.github.metallbdyn6.report.PastHappening;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.text.Redaction;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From what the program believes to what is shown of it. Secrets stay behind here. */
public final class StatusViews {
  private final Settings settings;
  private final String version;
  private final HandoverRule rule;

  public StatusViews(Settings settings, String version) {
    this.settings = settings;
    this.version = version;
    this.rule =
        HandoverRule.of(
            settings.get(Setting.RETIRE_AFTER), settings.number(Setting.RELOAD_TIMEOUT));
  }

  public StatusView of(Status now, List<RouteView> routes, Instant at) {
    State state = stateOf(now, at);
    return new StatusView(
        seconds(at),
        state,
        state.summary(),
        new StatusView.Program(
            version,
            seconds(now.startedAt()),
            Duration.between(now.startedAt(), at).toSeconds(),
            settings.dryRun()),
        sourceOf(now),
        poolOf(now),
        new StatusView.Checks(
            settings.number(Setting.UPDATE_INTERVAL),
            seconds(now.lastPass()),
            seconds(now.lastSuccess()),
            seconds(now.lastChange())),
        now.trouble()
            .map(StatusViews::reasonOf)
            .or(() -> now.concerns().stream().findFirst().map(StatusViews::reasonOf))
            .orElse(null),
        now.concerns().stream().map(StatusViews::reasonOf).toList(),
        ServicesView.of(now),
        newestFirst(now.history()),
        routes);
  }

  private State stateOf(Status now, Instant at) {
    Instant lastSign = now.lastPass().orElse(now.startedAt());
    boolean due = !now.isCarriedOut() || now.isReloadPending();
    boolean silent = Duration.between(lastSign, at).compareTo(settings.longestPass()) > 0;
    if (silent && now.pausedSince().isEmpty()) {
      return State.SILENT;
    }
    if (now.trouble().isPresent()) {
      return now.trouble().filter(Trouble::isHold).isPresent() ? State.HOLDING : State.FAILING;
    }
    if (now.plan().isEmpty()) {
      return State.STARTING;
    }
    if (due && settings.dryRun()) {
      return State.WOULD_CHANGE;
    }
    if (!now.isCarriedOut()) {
      return State.CHANGING;
    }
    if (now.isReloadPending()) {
      return State.RELOADING;
    }
    if (!now.concerns().isEmpty()) {
      return State.ATTENTION;
    }
    return now.isMoving() ? State.CHANGING : State.IN_SYNC;
  }

  private static StatusView.Source sourceOf(Status now) {
    String state =
        now.trouble()
            .filter(trouble -> trouble.area() == Explanation.Area.SOURCE)
            .map(trouble -> trouble.refusal().isPresent() ? "refused" : "failing")
            .orElse(now.prefix().isPresent() ? "answering" : "waiting");
    return new StatusView.Source(
        now.source(),
        state,
        now.prefix().map(Object::toString).orElse(null),
        seconds(now.prefixSince()),
        now.current().map(CurrentPrefix::sources).orElse(List.of()),
        lifetime(now, Lifetimes::preferred),
        lifetime(now, Lifetimes::valid));
  }

  private static @Nullable Long lifetime(
      Status now, Function<Lifetimes, Optional<Duration>> which) {
    return now.current()
        .map(CurrentPrefix::lifetimes)
        .flatMap(which)
        .map(Duration::toSeconds)
        .orElse(null);
  }

  private StatusView.Pool poolOf(Status now) {
    return new StatusView.Pool(
        settings.get(Setting.METALLB_NAMESPACE),
        settings.get(Setting.METALLB_POOL),
        seconds(now.pool().map(PoolState::readAt)),
        now.isInSync(),
        now.desired().map(Object::toString).orElse(null),
        now.isReloadPending(),
        now.pool().map(pool -> entriesOf(pool, now)).orElse(List.of()),
        now.pool().map(pool -> retiringOf(pool, now)).orElse(List.of()));
  }

  private static List<StatusView.Entry> entriesOf(PoolState pool, Status now) {
    return pool.entries().stream()
        .map(
            entry ->
                new StatusView.Entry(entry.text(), pool.isOurs(entry), roleOf(entry, pool, now)))
        .toList();
  }

  private static EntryRole roleOf(PoolEntry entry, PoolState pool, Status now) {
    if (pool.retiring().stream().anyMatch(old -> entry.is(old.range()))) {
      return EntryRole.RETIRING;
    }
    if (pool.isOurs(entry)) {
      return EntryRole.OURS;
    }
    if (now.plan().filter(plan -> plan.takes(entry)).isPresent()) {
      return EntryRole.TO_REPLACE;
    }
    return now.lookalikes().contains(entry) ? EntryRole.LOOKALIKE : EntryRole.FOREIGN;
  }

  private List<StatusView.Retiring> retiringOf(PoolState pool, Status now) {
    return pool.retiring().stream()
        .map(
            old ->
                new StatusView.Retiring(
                    old.range().toString(),
                    seconds(old.since()),
                    seconds(rule.endOf(old)),
                    ServicesView.in(old.range(), now)))
        .toList();
  }

  private static StatusView.Reason reasonOf(Trouble trouble) {
    return new StatusView.Reason(
        trouble.area().name().toLowerCase(Locale.ROOT),
        Redaction.of(trouble.text()),
        trouble.advice(),
        trouble.isHold(),
        seconds(trouble.since()),
        trouble.passes());
  }

  private static StatusView.Reason reasonOf(Concern concern) {
    return new StatusView.Reason(
        concern.topic().name().toLowerCase(Locale.ROOT),
        Redaction.of(concern.text()),
        concern.advice(),
        false,
        seconds(concern.since()),
        0);
  }

  private static List<StatusView.Event> newestFirst(List<PastHappening> history) {
    List<StatusView.Event> events =
        history.stream().map(StatusViews::eventOf).collect(Collectors.toList());
    Collections.reverse(events);
    return events;
  }

  private static StatusView.Event eventOf(PastHappening what) {
    return new StatusView.Event(seconds(what.at()), what.kind(), Redaction.of(what.text()));
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static @Nullable Instant seconds(Optional<Instant> time) {
    return time.map(StatusViews::seconds).orElse(null);
  }
}
