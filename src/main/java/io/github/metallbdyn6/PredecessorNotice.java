package io.github.metallbdyn6;

import io.github.metallbdyn6.kubernetes.Predecessor;
import io.github.metallbdyn6.report.PassEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once that the predecessor keeps a pool, too. It is looked for behind the first pass, which
 * that would delay.
 */
final class PredecessorNotice implements Consumer<PassEvent> {
  private static final Logger LOG = LoggerFactory.getLogger("metallb-dyn6");

  private final Predecessor predecessor;
  private final Predicate<String> ours;
  private final AtomicBoolean asked = new AtomicBoolean();

  /**
   * Nothing is asked yet.
   *
   * @param ours tells of a pool, by its name, whether this program keeps it
   */
  PredecessorNotice(Predecessor predecessor, Predicate<String> ours) {
    this.predecessor = predecessor;
    this.ours = ours;
  }

  @Override
  public void accept(PassEvent what) {
    if (what instanceof PassEvent.PassSucceeded && asked.compareAndSet(false, true)) {
      predecessor
          .keeping(ours)
          .ifPresent(
              found ->
                  LOG.warn(
                      "Beware: pod {} of metallb-dyn6 in Rust keeps the pool {}, too, so that the two programs undo each other's changes. Remove it: helm uninstall metallb-dyn6, in its namespace; the manual has a page about it.",
                      found.pod(),
                      found.pool()));
    }
  }
}
