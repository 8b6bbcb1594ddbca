package io.github.metallbdyn6.status;

import static java.util.Comparator.comparing;

import io.github.metallbdyn6.answer.CurrentPrefix;
import io.github.metallbdyn6.answer.Lifetimes;
import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.lease.Leadership;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.report.Status;
import io.github.metallbdyn6.settings.Setting;
import io.github.metallbdyn6.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** From what the program believes to what is shown of it. Secrets stay behind here. */
public final class StatusViews {
  private final Settings settings;
  private final String version;
  private final Instant startedAt;
  private final Supplier<List<FollowerState>> followers;
  private final Leadership leadership;
  private final PoolViews pools;

  /** Shows from now on, at the program's start. */
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
    this.pools = new PoolViews(settings, leadership);
  }

  /** Returns all that is shown, above all of the pool that is worst off. */
  public StatusView of(Map<String, Status> all, List<RouteView> routes, Instant at) {
    return of("", all, routes, at);
  }

  /**
   * Returns all that is shown, above all of one pool.
   *
   * @param chosen the pool's name; of one that is not there, the pool that is worst off is shown
   */
  public StatusView of(String chosen, Map<String, Status> all, List<RouteView> routes, Instant at) {
    Map<String, Status> known = all.isEmpty() ? nothing() : all;
    List<PoolView> views =
        known.entrySet().stream()
            .map(entry -> pools.of(entry.getKey(), entry.getValue(), at))
            .toList();
    String wanted = settings.get(Setting.METALLB_NAMESPACE) + "/" + chosen;
    int found = List.copyOf(known.keySet()).indexOf(wanted);
    int index = found < 0 ? worst(views) : found;
    Status now = List.copyOf(known.values()).get(index);
    return new StatusView(
        at,
        views.get(index),
        program(now, at),
        StatusView.Leader.of(leadership),
        sourceOf(now),
        followers.get().stream().map(FollowerView::of).toList(),
        routes,
        all.isEmpty() ? List.of() : views);
  }

  private static int worst(List<PoolView> views) {
    return views.indexOf(Collections.max(views, comparing(PoolView::state)));
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
        version, start, Duration.between(start, at).toSeconds(), settings.dryRun());
  }

  private static StatusView.Source sourceOf(Status now) {
    String state =
        now.trouble()
            .filter(trouble -> trouble.area() == Explanation.Area.SOURCE)
            .map(trouble -> trouble.why().refusal().isPresent() ? "refused" : "failing")
            .orElse(now.prefix().isPresent() ? "answering" : "waiting");
    return new StatusView.Source(
        now.source(),
        state,
        now.prefix().map(Object::toString).orElse(null),
        now.prefixSince().orElse(null),
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
}
