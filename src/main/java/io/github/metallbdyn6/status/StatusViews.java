package io.github.metallbdyn6.status;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pool.PoolState;
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

  public StatusViews(Settings settings, String version) {
    this.settings = settings;
    this.version = version;
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
        now.trouble().map(StatusViews::reasonOf).orElse(null),
        newestFirst(now.history()),
        routes);
  }

  private State stateOf(Status now, Instant at) {
    Instant lastSign = now.lastPass().orElse(now.startedAt());
    boolean due = !now.isInSync() || now.isReloadPending();
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
    if (!now.isInSync()) {
      return State.CHANGING;
    }
    if (now.isMoving()) {
      return State.MOVING;
    }
    return now.isReloadPending() ? State.RELOADING : State.IN_SYNC;
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
        now.pool().map(StatusViews::entriesOf).orElse(List.of()));
  }

  private static List<StatusView.Entry> entriesOf(PoolState pool) {
    return pool.entries().stream()
        .map(entry -> new StatusView.Entry(entry.text(), pool.isOurs(entry)))
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
