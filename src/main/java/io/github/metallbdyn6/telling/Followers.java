package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowedPrefix;
import io.github.metallbdyn6.follower.FollowerMemory;
import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.follower.ToldPrefix;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.report.Journal;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what followers are told: each the prefix that the pool has followed, until it has
 * succeeded for that one. {@link FollowerRuns} tells them.
 */
public final class Followers implements Consumer<PoolPass> {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Map<String, FollowerTask> tasks = new LinkedHashMap<>();
  private final String pool;
  private final FollowerMemory memory;
  private final Journal journal;
  private final Clock clock;
  private final boolean dryRun;
  private final FollowerRuns runs;
  private @Nullable FollowedPrefix shown;
  private volatile @Nullable FollowerNews latest;

  /**
   * Nothing runs yet.
   *
   * @param names the followers' names
   * @param pool namespace and name of the pool whose prefix they follow
   * @param requestTimeout how long one request may take; a follower may send several
   * @param askedWait tells how long a server asks to be left alone, if it does
   */
  public Followers(
      List<String> names,
      String pool,
      FollowerMemory memory,
      Journal journal,
      Clock clock,
      Duration requestTimeout,
      boolean dryRun,
      Function<Throwable, Optional<Duration>> askedWait) {
    names.forEach(name -> tasks.put(name, new FollowerTask(name)));
    this.pool = pool;
    this.memory = memory;
    this.journal = journal;
    this.clock = clock;
    this.dryRun = dryRun;
    this.runs = new FollowerRuns(names, memory, journal, clock, requestTimeout, askedWait);
  }

  /**
   * Runs in this context, for as long as it runs.
   *
   * <p>Not one of Camel's services: a route that is stopped stops the services among its beans.
   *
   * @param delays runs what has to wait
   */
  public void runIn(CamelContext context, ScheduledExecutorService delays) {
    runs.runIn(context, delays);
  }

  /** Takes note of a pass at its end: once the pool is right, followers follow. */
  @Override
  public void accept(PoolPass pass) {
    try {
      follow(pass);
    } catch (RuntimeException e) { // the pass has done its work
      LOG.warn("Followers are told after the next pass: {}", journal.reasonOf(e));
    }
  }

  private void follow(PoolPass pass) {
    if (!pass.pool().equals(pool) || pass.plan().held().isPresent() || pass.prefix().isEmpty()) {
      return;
    }
    FollowedPrefix now = FollowedPrefix.of(pass.prefix().get().prefix(), pass.range());
    if (dryRun) {
      show(now, pass);
    } else if (pass.state().holds(pass.range())) {
      latest = news(now, Optional.empty(), pass);
      tasks.values().forEach(task -> compare(task, now, pass));
    }
  }

  private void compare(FollowerTask task, FollowedPrefix now, PoolPass pass) {
    if (isNews(task, now, pass)) {
      runs.begin(task);
    }
  }

  /** A success is in the record before the task is at rest, so that both are looked at together. */
  private boolean isNews(FollowerTask task, FollowedPrefix now, PoolPass pass) {
    synchronized (task) {
      FollowerRecord record = memory.current();
      Optional<FollowedPrefix> told = record.of(task.name).map(ToldPrefix::prefix);
      if (told.filter(now::equals).isPresent()) {
        task.isUpToDate();
        return false;
      }
      if (record.stopped().contains(task.name)) {
        task.isStopped(clock.instant());
        return false;
      }
      return task.take(news(now, told.or(() -> replaced(now, pass)), pass));
    }
  }

  private FollowerNews news(FollowedPrefix now, Optional<FollowedPrefix> told, PoolPass pass) {
    return FollowerNews.change(pool, now, told, pass.range().toString());
  }

  /** A follower that was never told: what this pass has replaced in the pool came before. */
  private static Optional<FollowedPrefix> replaced(FollowedPrefix now, PoolPass pass) {
    return pass.stateBefore()
        .serving()
        .map(range -> FollowedPrefix.of(now.prefix().atSameLength(range), range))
        .filter(before -> !before.prefix().isOneWith(now.prefix()));
  }

  private void show(FollowedPrefix now, PoolPass pass) {
    if (now.equals(shown)) {
      return;
    }
    shown = now;
    FollowerRecord record = memory.current();
    for (String name : tasks.keySet()) {
      Optional<FollowedPrefix> told = record.of(name).map(ToldPrefix::prefix);
      if (told.filter(now::equals).isEmpty()) {
        journal.dryRun(
            "the follower %s would be told: %s".formatted(name, news(now, told, pass).text()));
      }
    }
  }

  /** Has a follower told something about the prefix that the pool has followed last. */
  void notice(String name, String cause, String text) {
    FollowerTask task = tasks.get(name);
    FollowerRecord record = memory.current();
    if (task == null || dryRun || record.stopped().contains(name)) {
      return;
    }
    Optional.ofNullable(latest)
        .or(
            () ->
                record
                    .of(name)
                    .map(it -> FollowerNews.change(pool, it.prefix(), Optional.empty(), "")))
        .map(about -> about.notice(cause, text))
        .filter(task::take)
        .ifPresent(news -> runs.begin(task));
  }

  /** Tells nobody anything any more, until a pass of this replica ends: another one leads. */
  public void standBy() {
    tasks.values().forEach(FollowerTask::standBy);
  }

  /** Returns how things stand with each follower. */
  public List<FollowerState> states() {
    FollowerRecord record = memory.current();
    return tasks.values().stream().map(task -> task.state(record)).toList();
  }
}
