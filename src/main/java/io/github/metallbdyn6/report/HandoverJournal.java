package io.github.metallbdyn6.report;

import io.github.metallbdyn6.handover.HandoverGoal;
import io.github.metallbdyn6.handover.HandoverPlan;
import io.github.metallbdyn6.handover.ServiceState;
import io.github.metallbdyn6.pass.Explanation;
import io.github.metallbdyn6.pass.Handover;
import io.github.metallbdyn6.pass.PoolPass;
import io.github.metallbdyn6.pool.Retirement;
import io.github.metallbdyn6.text.FirstFew;
import io.github.metallbdyn6.text.Wording;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is told by the routes what becomes of services, and tells the journal what is new of it. */
public final class HandoverJournal {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private static final int REMEMBERED = 1000;
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  private final Journal journal;

  /** News that were told already, so that no pass repeats them. */
  private final Set<String> said = new HashSet<>();

  private final MovingServices moving = new MovingServices();
  private String lastPlacingFailure = "";

  public HandoverJournal(Journal journal) {
    this.journal = journal;
  }

  /** Notes which services are about to move. */
  public synchronized void begun(PoolPass pass) {
    HandoverPlan plan = pass.handover().moves();
    journal.misplaced(plan.misplaced().size());
    if (!plan.repairs().isEmpty()) {
      journal.note(at -> new HandoverEvent.PinsRepaired(at, plan.repairs()));
    }
    String text = "moving " + count(plan);
    if (!plan.moving().isEmpty() && isNew(text)) {
      journal.note(at -> new HandoverEvent.ServicesUnderWay(at, EventKind.SERVICES_MOVING, text));
    }
  }

  /** Notes which services would move, in a dry run. */
  public void wouldMove(PoolPass pass) {
    HandoverPlan plan = pass.handover().moves();
    journal.dryRun("would move " + count(plan));
    plan.problems()
        .forEach(it -> journal.dryRun((it.repaired() ? "would rewrite " : "would not move ") + it));
  }

  private static String count(HandoverPlan plan) {
    List<ServiceState> services = plan.misplaced();
    return "%s to %s%s"
        .formatted(
            services.size() == 1 ? "one service" : services.size() + " services",
            plan.goal().range(),
            services.isEmpty() ? "" : ": " + FirstFew.of(services));
  }

  /** Notes how far services have come. */
  public synchronized void ended(PoolPass pass) {
    Handover handover = pass.handover();
    HandoverPlan last = handover.moves();
    HandoverGoal goal = last.goal();
    lastPlacingFailure = "";
    journal.misplaced(last.misplaced().size());
    journal.attention().obstructed(last.problems());
    int moved = moving.arrived(handover);
    if (moved > 0) {
      Duration took = Duration.between(goal.begun(), goal.now());
      journal.note(at -> new HandoverEvent.ServicesMoved(at, moved, goal.range(), took));
    }
    List<ServiceState> late = last.misplaced();
    if (!last.isSettled()
        && !late.isEmpty()
        && isNew("waiting for " + FirstFew.of(late) + goal.range())) {
      String text = "waiting for %s; the next passes go on".formatted(FirstFew.of(late));
      journal.note(at -> new HandoverEvent.ServicesUnderWay(at, EventKind.SERVICES_LATE, text));
    }
    List<HandoverPlan.Problem> news =
        last.problems().stream().filter(it -> !it.repaired() && isNew(kindOf(it, goal))).toList();
    if (!news.isEmpty()) {
      journal.note(at -> new HandoverEvent.ServicesLeft(at, news));
    }
  }

  private boolean isNew(String what) {
    if (said.size() > REMEMBERED) {
      said.clear();
    }
    return said.add(what);
  }

  /** Notes that ranges have left the pool. */
  public synchronized void retired(PoolPass pass) {
    Retirement retirement = pass.handover().retirement();
    List<ServiceState> left =
        pass.handover().services().stream()
            .filter(service -> service.addressIn(retirement.ranges()).isPresent())
            .toList();
    journal.planned(pass);
    journal.note(at -> new HandoverEvent.RangesRetired(at, retirement, left));
  }

  /** Notes why services that the watch told of could not be put where they should be. */
  public synchronized void placingFailed(Throwable failure) {
    Explanation why = journal.explain(failure);
    if (!why.kind().equals(lastPlacingFailure)) {
      lastPlacingFailure = why.kind();
      LOG.warn("Services cannot be put where they should be, it is tried again: {}", why.text());
    }
  }

  /** A text in quotes is somebody else's: it may differ each time, and is no other problem. */
  private static String kindOf(HandoverPlan.Problem problem, HandoverGoal goal) {
    String words = QUOTED.matcher(problem.text()).replaceAll("");
    return "%s %s %s".formatted(problem.service(), goal.range(), Wording.of(words));
  }
}
