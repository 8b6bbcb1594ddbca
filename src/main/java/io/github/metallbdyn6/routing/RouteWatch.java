package io.github.metallbdyn6.routing;

import io.github.metallbdyn6.report.Journals;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the folder with the routes every second, and has what is new there take the place of the
 * routes that run, once it has passed the check.
 */
public final class RouteWatch extends ServiceSupport {
  private static final int SECONDS_BETWEEN_LOOKS = 1;

  private final CamelContext context;
  private final Passes passes;
  private final Journals journal;
  private final Supplier<RouteFiles> read;
  private final RouteCheck check;
  private final RouteSwap swap;
  private final StrayFileNotice strayFiles;
  private RouteFiles running;
  private RouteFiles seen;
  private RouteFiles judged;
  private volatile @Nullable String refusal;
  private @Nullable ScheduledExecutorService looks;

  /**
   * Prepares the watch; it begins when the context starts it.
   *
   * @param passes between two of which routes can be replaced
   * @param journal is told what comes of edits
   * @param read reads the files as they are now
   * @param strayFiles is asked at each look
   * @param running what the context runs
   */
  RouteWatch(
      CamelContext context,
      Passes passes,
      Journals journal,
      Supplier<RouteFiles> read,
      RouteCheck check,
      StrayFileNotice strayFiles,
      RouteFiles running) {
    this.context = context;
    this.passes = passes;
    this.journal = journal;
    this.read = read;
    this.check = check;
    this.swap = new RouteSwap(context, RouteSwap.PATIENCE);
    this.strayFiles = strayFiles;
    this.running = running;
    this.seen = running;
    this.judged = running;
  }

  @Override
  protected void doStart() {
    looks =
        context.getExecutorServiceManager().newSingleThreadScheduledExecutor(this, "watch-routes");
    ScheduledFuture<?> unused =
        looks.scheduleWithFixedDelay(
            this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
  }

  @Override
  protected void doStop() {
    if (looks != null) {
      context.getExecutorServiceManager().shutdownNow(looks);
    }
  }

  /** A file that differs from look to look is still being written, and is left alone. */
  private void look() {
    strayFiles.look();
    RouteFiles now = read.get();
    boolean settled = now.equals(seen);
    seen = now;
    if (!settled || now.equals(judged) || !context.isStarted()) {
      return;
    }
    judged = now;
    try {
      judge(now);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      running = RouteFiles.NONE;
      judged = RouteFiles.NONE;
      refuse("no route runs any more, trying again: " + e.getMessage());
    }
  }

  private void judge(RouteFiles files) throws InterruptedException {
    if (files.equals(running)) {
      journal.edited(false, "the route files are again as they run");
      refusal = null;
      return;
    }
    List<RouteProblem> problems = check.check(files).problems();
    if (problems.isEmpty()) {
      problems = passes.between(() -> swap.swap(running, files));
    }
    if (!problems.isEmpty()) {
      refuse(
          problems.stream()
              .map(RouteProblem::toString)
              .collect(
                  Collectors.joining("; ", "edited routes are refused, the old ones go on: ", "")));
      return;
    }
    journal.edited(false, "new routes are in use: " + files.changesSince(running));
    running = files;
    refusal = null;
  }

  /** The program tries again every second, and does not say so every second. */
  private void refuse(String reason) {
    if (!reason.equals(refusal) && context.isStarted()) {
      journal.edited(true, reason);
    }
    refusal = reason;
  }

  /** Returns why what is in the folder does not run, if it does not. */
  Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }
}
