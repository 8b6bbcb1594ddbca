package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.Goal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.pool.PoolState;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.pool.Transition;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told by the routes what becomes of services, and tells the journal and the log. */
public final class HandoverJournal {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private static final int REMEMBERED = 1000;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  private final Journal journal;
  private final Clock clock;

  /** What was said already, so that no pass repeats it. */
  private final Set<String> said = new HashSet<>();

  private String lastPlacingFailure = "";

  /** Tells this journal. */
  public HandoverJournal(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Notes which services are about to move. */
  public void begun(HandoverPlan plan) {
    List<ServiceState> services = plan.misplaced();
    journal.misplaced(services.size());
    if (!plan.repairs().isEmpty()) {
      Happening repaired = new Happening.PinsRepaired(clock.instant(), plan.repairs());
      LOG.warn("{}.", sentence(repaired.text()));
      journal.note(repaired);
    }
    if (!plan.moving().isEmpty()) {
      LOG.info("Moving {} to {}: {}.", count(services), plan.goal().range(), Some.of(services));
    }
  }

  /** Says which services would move, in a dry run. */
  public void wouldMove(HandoverPlan plan) {
    List<ServiceState> services = plan.misplaced();
    LOG.info(
        "Dry run: would move {} to {}{}",
        count(services),
        plan.goal().range(),
        services.isEmpty() ? "" : ": " + Some.of(services));
    plan.problems().forEach(problem -> LOG.info("Dry run: would not move {}", problem));
  }

  /** Notes how far they have come. */
  public synchronized void ended(HandoverPlan first, HandoverPlan last) {
    Goal goal = last.goal();
    lastPlacingFailure = "";
    journal.misplaced(last.misplaced().size());
    int moved = first.misplaced().size() - last.misplaced().size();
    if (moved > 0) {
      Duration took = Duration.between(goal.begun(), goal.now());
      note(new Happening.ServicesMoved(clock.instant(), moved, goal.range(), took));
    }
    String late = Some.of(last.misplaced());
    if (!last.isSettled() && said.add("waiting for " + late + goal.range())) {
      LOG.info("{} not there yet; every check goes on.", late);
    }
    if (said.size() > REMEMBERED) {
      said.clear();
    }
    List<HandoverPlan.Problem> news =
        last.problems().stream()
            .filter(it -> !it.repaired() && said.add(kindOf(it, goal)))
            .toList();
    if (!news.isEmpty()) {
      Happening left = new Happening.ServicesLeft(clock.instant(), news);
      LOG.warn("{}.", sentence(left.text()));
      journal.note(left);
    }
  }

  /** Notes that ranges have left the pool, and the pool as it is then. */
  public synchronized void retired(Retirement retirement, HandoverPlan plan, PoolState now) {
    List<ServiceState> left =
        plan.misplaced().stream()
            .filter(service -> service.addressIn(retirement.ranges()).isPresent())
            .toList();
    Happening retired = new Happening.RangesRetired(clock.instant(), retirement, left);
    if (left.isEmpty()) {
      LOG.info("{}. MetalLB needs no restart.", sentence(retired.text()));
    } else {
      LOG.warn("{}.", sentence(retired.text()));
    }
    journal.planned(Transition.HANDOVER.plan(now, plan.goal().range()));
    journal.note(retired);
  }

  /** Notes why services that the watch told of could not be put where they should be. */
  public synchronized void placingFailed(Throwable failure) {
    Explanation why = Explanation.of(failure);
    if (!why.kind().equals(lastPlacingFailure)) {
      lastPlacingFailure = why.kind();
      LOG.warn("Services cannot be put where they should be, it is tried again: {}", why.text());
    }
  }

  /** A text in quotes is somebody else's: it may differ each time, and is no other problem. */
  private static String kindOf(HandoverPlan.Problem problem, Goal goal) {
    String words = QUOTED.matcher(problem.text()).replaceAll("");
    return "%s %s %s".formatted(problem.service(), goal.range(), Wording.of(words));
  }

  private void note(Happening what) {
    LOG.info("{}.", sentence(what.text()));
    journal.note(what);
  }

  private static String count(List<?> services) {
    return services.size() == 1 ? "one service" : services.size() + " services";
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
