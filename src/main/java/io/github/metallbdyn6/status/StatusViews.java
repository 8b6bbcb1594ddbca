package io.github.metallbdyn6.status;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.handover.RangeStay;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.Concern;
import io.github.metallbdyn6.report.EventKind;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** From what the program believes to what is shown of it. Secrets stay behind here. */
public final class StatusViews {
  private final Settings settings;
  private final String version;
  private final RangeStay stay;
  private final Instant startedAt;
  private final Supplier<List<FollowerState>> followers;
  private final Leadership leadership;

  /** Shows from now on, at the program's start. */
  public StatusViews(Settings settings, String version) {
    this(settings, version, List::of, Leadership.ALONE);
  }

  /** Shows followers, too, as they are then, and which replica leads. */
  public StatusViews(
      Settings settings,
      String version,
      Supplier<List<FollowerState>> followers,
      Leadership leadership) {
    this.leadership = leadership;
    this.followers = followers;
    this.settings = settings;
    this.version = version;
    this.startedAt = Instant.now();
    this.stay =
        RangeStay.of(settings.get(Setting.RETIRE_AFTER), settings.number(Setting.RELOAD_TIMEOUT));
  }

  /** Returns all that is shown, above all of the pool that is worst off. */
  public StatusView of(Map<String, Status> all, List<RouteView> routes, Instant at) {
    return about(worst(List.copyOf(all.values()), at), all, routes, at);
  }

  /**
   * Returns all that is shown, above all of one pool.
   *
   * @param chosen the pool's name; of one that is not there, the pool that is worst off is shown
   */
  public StatusView of(String chosen, Map<String, Status> all, List<RouteView> routes, Instant at) {
    List<String> names = List.copyOf(all.keySet());
    int index = names.indexOf(settings.get(Setting.METALLB_NAMESPACE) + "/" + chosen);
    return about(index < 0 ? worst(List.copyOf(all.values()), at) : index, all, routes, at);
  }

  private int worst(List<Status> all, Instant at) {
    return IntStream.range(0, all.size())
        .boxed()
        .max(Comparator.comparing(index -> State.of(all.get(index), settings, leadership, at)))
        .orElse(0);
  }

  private StatusView about(int index, Map<String, Status> all, List<RouteView> routes, Instant at) {
    Map<String, Status> known = all.isEmpty() ? nothing() : all;
    List<PoolView> pools =
        known.entrySet().stream()
            .map(entry -> viewOf(entry.getKey(), entry.getValue(), at))
            .toList();
    Status now = List.copyOf(known.values()).get(index);
    return StatusView.about(
        pools.get(index),
        seconds(at),
        program(now, at),
        StatusView.Leader.of(leadership),
        sourceOf(now),
        followers.get().stream().map(FollowerView::of).toList(),
        routes,
        all.isEmpty() ? List.of() : pools);
  }

  /** No pool carries the annotation: there is nothing to show but that. */
  private Map<String, Status> nothing() {
    String pool =
        settings.get(Setting.METALLB_NAMESPACE) + "/" + settings.get(Setting.METALLB_POOL);
    return Map.of(pool, Status.unknown(startedAt, settings.get(Setting.SOURCE)));
  }

  private StatusView.Program program(Status now, Instant at) {
    Instant start = now.startedAt().isBefore(startedAt) ? now.startedAt() : startedAt;
    return new StatusView.Program(
        version, seconds(start), Duration.between(start, at).toSeconds(), settings.dryRun());
  }

  private PoolView viewOf(String pool, Status now, Instant at) {
    State state = State.of(now, settings, leadership, at);
    return new PoolView(
        state,
        state.title(),
        state.summary(),
        poolOf(pool, now),
        new StatusView.Checks(
            settings.number(Setting.UPDATE_INTERVAL),
            seconds(now.lastPass()),
            seconds(now.lastSuccess()),
            seconds(now.lastChange())),
        leadership.leads() ? troubleOf(now) : null,
        leadership.leads()
            ? now.concerns().stream().map(StatusViews::reasonOf).toList()
            : List.of(),
        ServicesView.of(now),
        newestFirst(now.history()));
  }

  private static StatusView.@Nullable Reason troubleOf(Status now) {
    return now.trouble()
        .map(StatusViews::reasonOf)
        .or(() -> now.concerns().stream().findFirst().map(StatusViews::reasonOf))
        .orElse(null);
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

  private StatusView.Pool poolOf(String pool, Status now) {
    int slash = pool.indexOf('/');
    return new StatusView.Pool(
        pool.substring(0, slash),
        pool.substring(slash + 1),
        seconds(now.pool().map(PoolState::readAt)),
        now.isInSync(),
        now.desired().map(Object::toString).orElse(null),
        now.isReloadPending(),
        lastRestart(now.history()),
        now.pool().map(it -> entriesOf(it, now)).orElse(List.of()),
        now.pool().map(it -> retiringOf(it, now)).orElse(List.of()));
  }

  private static @Nullable Instant lastRestart(List<PastHappening> history) {
    return history.stream()
        .filter(event -> event.kind().equals(EventKind.METAL_LB_RELOADED.toString()))
        .reduce((earlier, later) -> later)
        .map(event -> seconds(event.at()))
        .orElse(null);
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
                    seconds(stay.latestEnd(old)),
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
