package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowedPrefix;
import io.github.metallbdyn6.follower.FollowerMemory;
import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.follower.FollowerPace;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.FollowerState;
import io.github.metallbdyn6.follower.FollowerStopped;
import io.github.metallbdyn6.follower.ToldPrefix;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.report.FollowerEvent;
import io.github.metallbdyn6.report.Journal;
import io.github.metallbdyn6.telling.FollowerTask.Attempt;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers which prefix the pool has followed: each in a thread of its own, so that none
 * holds a pass or another follower, and until it has succeeded for the current prefix.
 */
public final class Followers implements Consumer<PoolPass> {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");
  private static final String ROUTE = "direct:follower-";

  /** Others may succeed in the same moment, or a patch of the addresses may be due. */
  private static final Duration UNTIL_WRITTEN = Duration.ofSeconds(1);

  private static final long IDLE_SECONDS = 5;

  private final Map<String, FollowerTask> tasks = new LinkedHashMap<>();
  private final String pool;
  private final FollowerMemory memory;
  private final Journal journal;
  private final Clock clock;
  private final Duration patience;
  private final boolean dryRun;
  private final Function<Throwable, Optional<Duration>> askedWait;
  private @Nullable FollowedPrefix shown;
  private volatile @Nullable FollowerNews latest;
  private volatile @Nullable ProducerTemplate template;
  private volatile @Nullable ExecutorService threads;
  private volatile @Nullable ScheduledExecutorService timer;

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
    this.patience = FollowerTask.patience(requestTimeout);
    this.dryRun = dryRun;
    this.askedWait = askedWait;
  }

  /**
   * Runs in this context, for as long as it runs.
   *
   * <p>Not one of Camel's services: a route that is stopped stops the services among its beans.
   *
   * @param delays runs what has to wait
   */
  public void runIn(CamelContext context, ScheduledExecutorService delays) {
    template = context.createProducerTemplate();
    threads =
        context
            .getExecutorServiceManager()
            .newThreadPool(
                this,
                "followers",
                new ThreadPoolProfileBuilder("followers")
                    .poolSize(tasks.size())
                    .maxPoolSize(tasks.size())
                    .maxQueueSize(-1)
                    .keepAliveTime(IDLE_SECONDS)
                    .allowCoreThreadTimeOut(true)
                    .build());
    timer = delays;
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
      begin(task);
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
        .ifPresent(news -> begin(task));
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

  private void begin(FollowerTask task) {
    ExecutorService executor = threads;
    if (executor == null) {
      return;
    }
    task.begin()
        .ifPresent(
            attempt -> {
              try {
                executor.execute(() -> run(task, attempt));
              } catch (RejectedExecutionException e) {
                LOG.debug("The program stops: follower {} is told after the next start", task.name);
              }
            });
  }

  private void run(FollowerTask task, Attempt attempt) {
    attempt.runsHere();
    Optional<ScheduledFuture<?>> end =
        later(
            patience,
            () -> attempt.cancel("it takes longer than %d s".formatted(patience.toSeconds())));
    @Nullable Throwable failure = tell(task.name, attempt.news);
    attempt.end();
    end.ifPresent(it -> it.cancel(false));
    if (failure == null) {
      told(task, attempt);
    } else {
      failed(task, attempt, failure);
    }
  }

  private @Nullable Throwable tell(String name, FollowerNews news) {
    ProducerTemplate producer = template;
    if (producer == null) {
      return new IllegalStateException("there are no routes yet");
    }
    try {
      return producer
          .send(
              ROUTE + name,
              exchange -> {
                exchange.getMessage().setHeaders(new LinkedHashMap<>(news.headers()));
                exchange.getMessage().setBody(news.text());
              })
          .getException();
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  private void told(FollowerTask task, Attempt attempt) {
    FollowerNews news = attempt.news;
    if (news.isChange()) {
      remember(record -> record.with(task.name, new ToldPrefix(news.now(), clock.instant())));
    }
    task.told(attempt);
    journal.note(at -> new FollowerEvent.FollowerTold(at, task.name, news));
    begin(task);
  }

  private void failed(FollowerTask task, Attempt attempt, Throwable failure) {
    Optional<FollowerStopped> stop = FollowerTask.stopIn(failure);
    String why =
        stop.map(it -> String.valueOf(it.getMessage())).orElseGet(() -> why(attempt, failure));
    Instant now = clock.instant();
    stop.ifPresent(it -> remember(record -> record.stop(task.name)));
    int failures = task.failed(attempt, why, now);
    if (stop.isPresent()) {
      task.stop();
      journal.note(at -> new FollowerEvent.FollowerHasStopped(at, task.name, why));
    } else if (failures == 0) {
      begin(task);
    } else {
      Duration wait = askedWait.apply(failure).orElseGet(task::ownWait);
      task.waitUntil(now.plus(wait));
      journal.note(
          at -> new FollowerEvent.FollowerFailed(at, task.name, failures, why, now.plus(wait)));
      later(wait, () -> begin(task));
    }
  }

  private String why(Attempt attempt, Throwable failure) {
    return attempt
        .cancelled()
        .orElseGet(() -> FollowerFailure.reasonOf(failure, journal::reasonOf));
  }

  private synchronized void remember(Function<FollowerRecord, FollowerRecord> change) {
    memory.keep(change.apply(memory.current()).only(tasks.keySet()));
    later(UNTIL_WRITTEN, this::flush);
  }

  /** It is not said: what cannot be written now is written later, or told once more. */
  private void flush() {
    ExecutorService executor = threads;
    if (executor == null || executor.isShutdown()) {
      return;
    }
    executor.execute(
        () -> {
          try {
            memory.flush();
          } catch (RuntimeException e) {
            LOG.debug("The record of followers is not written yet: {}", journal.reasonOf(e));
            later(FollowerPace.after(1), this::flush);
          }
        });
  }

  private Optional<ScheduledFuture<?>> later(Duration wait, Runnable work) {
    ScheduledExecutorService executor = timer;
    try {
      return executor == null
          ? Optional.empty()
          : Optional.of(executor.schedule(work, wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (RejectedExecutionException e) {
      return Optional.empty(); // the program stops
    }
  }
}
