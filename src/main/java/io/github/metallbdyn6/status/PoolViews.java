package io.github.metallbdyn6.status;

import io.github.metallbdyn6.handover.RangeStay;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pool.PoolEntry;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.report.Concern;
import io.github.metallbdyn6.report.EventKind;
import io.github.metallbdyn6.report.PastHappening;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.report.Trouble;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import io.github.metallbdyn6.status.PoolView.Checks;
import io.github.metallbdyn6.status.PoolView.Entry;
import io.github.metallbdyn6.status.PoolView.Event;
import io.github.metallbdyn6.status.PoolView.Pool;
import io.github.metallbdyn6.status.PoolView.Reason;
import io.github.metallbdyn6.status.PoolView.Retiring;
import io.github.metallbdyn6.text.Redaction;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From what the program knows of a pool to what is shown of the pool. Secrets stay behind here. */
final class PoolViews {
  private final Settings settings;
  private final Leadership leadership;
  private final RangeStay stay;

  PoolViews(Settings settings, Leadership leadership) {
    this.settings = settings;
    this.leadership = leadership;
    this.stay =
        RangeStay.of(settings.get(Setting.RETIRE_AFTER), settings.number(Setting.RELOAD_TIMEOUT));
  }

  PoolView of(String pool, Status now, Instant at) {
    State state = State.of(now, settings, leadership, at);
    List<Reason> concerns = now.concerns().stream().map(PoolViews::reasonOf).toList();
    Reason first = concerns.isEmpty() ? null : concerns.get(0);
    return new PoolView(
        state,
        state.title(),
        state.summary(),
        poolOf(pool, now),
        new Checks(
            settings.number(Setting.UPDATE_INTERVAL),
            now.lastPass().orElse(null),
            now.lastSuccess().orElse(null),
            now.lastChange().orElse(null)),
        leadership.leads() ? now.trouble().map(PoolViews::reasonOf).orElse(first) : null,
        leadership.leads() ? concerns : List.of(),
        ServicesView.of(now),
        newestFirst(now.history()));
  }

  private Pool poolOf(String pool, Status now) {
    int slash = pool.indexOf('/');
    return new Pool(
        pool.substring(0, slash),
        pool.substring(slash + 1),
        now.pool().map(PoolState::readAt).orElse(null),
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
        .map(PastHappening::at)
        .orElse(null);
  }

  private static List<Entry> entriesOf(PoolState pool, Status now) {
    return pool.entries().stream()
        .map(entry -> new Entry(entry.text(), pool.isOurs(entry), roleOf(entry, pool, now)))
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

  private List<Retiring> retiringOf(PoolState pool, Status now) {
    return pool.retiring().stream()
        .map(
            old ->
                new Retiring(
                    old.range().toString(),
                    old.since(),
                    stay.latestEnd(old),
                    ServicesView.in(old.range(), now)))
        .toList();
  }

  private static Reason reasonOf(Trouble trouble) {
    return new Reason(
        trouble.area().name().toLowerCase(Locale.ROOT),
        Redaction.of(trouble.text()),
        trouble.advice(),
        trouble.isHold(),
        trouble.since(),
        trouble.passes());
  }

  private static Reason reasonOf(Concern concern) {
    return new Reason(
        concern.topic().name().toLowerCase(Locale.ROOT),
        Redaction.of(concern.text()),
        concern.advice(),
        false,
        concern.since(),
        0);
  }

  private static List<Event> newestFirst(List<PastHappening> history) {
    List<Event> events = history.stream().map(PoolViews::eventOf).collect(Collectors.toList());
    Collections.reverse(events);
    return events;
  }

  private static Event eventOf(PastHappening what) {
    return new Event(what.at(), what.kind(), Redaction.of(what.text()));
  }
}
