package io.github.metallbdyn6;

import io.github.metallbdyn6.kubernetes.LeaderElection;
import io.github.metallbdyn6.report.Journals;
import io.github.metallbdyn6.report.ProgramEvent;
import io.github.metallbdyn6.routing.Passes;
import io.github.metallbdyn6.text.Sentence;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has this replica begin and cease to work when the leader changes. */
final class LeaderChanges implements LeaderElection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Passes passes;
  private final KeptPools pools;
  private final Journals journals;
  private final Runnable followersStandBy;
  private boolean led;

  /**
   * Leads nothing yet.
   *
   * @param followersStandBy has followers hear of another replica from now on
   */
  LeaderChanges(Passes passes, KeptPools pools, Journals journals, Runnable followersStandBy) {
    this.passes = passes;
    this.pools = pools;
    this.journals = journals;
    this.followersStandBy = followersStandBy;
  }

  @Override
  public void changed(boolean leads, Optional<String> leader) {
    if (leads) {
      begin(leader.orElse("this one"));
    } else {
      cease(leader);
    }
    led = leads;
  }

  private void begin(String name) {
    String text = "replica %s leads from now on".formatted(name);
    LOG.info("This {}.", text);
    pools.lead();
    passes.soon();
    journals.note(at -> new ProgramEvent.LeaderChanged(at, true, text));
  }

  private void cease(Optional<String> leader) {
    String text =
        leader
            .map("this replica stands by: %s leads"::formatted)
            .orElse("this replica stands by: no replica leads at present");
    LOG.info(Sentence.of(text));
    if (led) {
      followersStandBy.run();
      passes.afterwards(pools::standBy); // after the pass that may be under way
    }
    journals.note(at -> new ProgramEvent.LeaderChanged(at, false, text));
  }
}
