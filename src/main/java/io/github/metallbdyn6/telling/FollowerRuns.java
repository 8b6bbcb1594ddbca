package io.github.metallbdyn6.telling;

import io.github.metallbdyn6.follower.FollowerMemory;
import io.github.metallbdyn6.follower.FollowerNews;
import io.github.metallbdyn6.follower.FollowerPace;
import io.github.metallbdyn6.follower.FollowerRecord;
import io.github.metallbdyn6.follower.FollowerStopped;
import io.github.metallbdyn6.follower.ToldPrefix;
import io.github.metallbdyn6.report.FollowerEvent;
import io.github.metallbdyn6.report.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells followers, each in a thread of its own, so that none holds a pass or another follower, and
 * again after a failure. A success is written down in the pool.
 */
final class FollowerRuns {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  /** Others may succeed in the same moment, or a patch of the addresses may be due. */
  private static final Duration UNTIL_WRITTEN = Duration.ofSeconds(1);

  private static final long IDLE_SECONDS = 5;

  /** So many requests, each at its longest, are the longest answer. */
  private static final int REQUESTS = 6;

  private final Set<String> names;
  private final FollowerMemory memory;
  private final Journal journal;
  private final Clock clock;
  private final Duration patience;
  private final Function<Throwable, Optional<Duration>> askedWait;
  private volatile @Nullable FollowerRoutes routes;
  private volatile @Nullable ExecutorService threads;
  private volatile @Nullable ScheduledExecutorService timer;

  FollowerRuns(
      List<String> names,
      FollowerMemory memory,
      Journal journal,
      Clock clock,
      Duration requestTimeout,
      Function<Throwable, Optional<Duration>> askedWait) {
    this.names = Set.copyOf(names);
    this.memory = memory;
    this.journal = journal;
    this.clock = clock;
    this.patience = requestTimeout.multipliedBy(REQUESTS);
    this.askedWait = askedWait;
  }

  /** As {@link Followers#runIn}. */
  void runIn(CamelContext context, ScheduledExecutorService delays) {
    routes = new FollowerRoutes(context);
    threads =
        context
            .getExecutorServiceManager()
            .newThreadPool(
                this,
                "followers",
                new ThreadPoolProfileBuilder("followers")
                    .poolSize(names.size())
                    .maxPoolSize(names.size())
                    .maxQueueSize(-1)
                    .keepAliveTime(IDLE_SECONDS)
                    .allowCoreThreadTimeOut(true)
                    .build());
    timer = delays;
  }

  /** Has the follower told what its task has taken, unless it is being told something. */
  void begin(FollowerTask task) {
    ExecutorService executor = threads;
    FollowerRoutes known = routes;
    if (executor == null || known == null) {
      return;
    }
    task.begin()
        .ifPresent(
            attempt -> {
              try {
                executor.execute(() -> run(task, attempt, known));
              } catch (RejectedExecutionException e) {
                LOG.debug("The program stops: follower {} is told after the next start", task.name);
              }
            });
  }

  private void run(FollowerTask task, FollowerAttempt attempt, FollowerRoutes known) {
    attempt.runsHere();
    Optional<ScheduledFuture<?>> end =
        later(
            patience,
            () -> attempt.cancel("it takes longer than %d s".formatted(patience.toSeconds())));
    @Nullable Throwable failure = known.tell(task.name, attempt.news);
    attempt.end();
    end.ifPresent(it -> it.cancel(false));
    if (failure == null) {
      told(task, attempt);
    } else {
      failed(task, attempt, failure);
    }
  }

  private void told(FollowerTask task, FollowerAttempt attempt) {
    FollowerNews news = attempt.news;
    if (news.isChange()) {
      remember(record -> record.with(task.name, new ToldPrefix(news.now(), clock.instant())));
    }
    task.told(attempt);
    journal.note(at -> new FollowerEvent.FollowerTold(at, task.name, news));
    begin(task);
  }

  private void failed(FollowerTask task, FollowerAttempt attempt, Throwable failure) {
    Optional<FollowerStopped> stop = FollowerFailure.stopIn(failure);
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

  private String why(FollowerAttempt attempt, Throwable failure) {
    return attempt
        .cancelled()
        .orElseGet(() -> FollowerFailure.reasonOf(failure, journal::reasonOf));
  }

  private synchronized void remember(Function<FollowerRecord, FollowerRecord> change) {
    memory.keep(change.apply(memory.current()).only(names));
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
