package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;

/** Is told by the routes what becomes of services; each pool has a journal of its own. */
public final class HandoverJournals {
  private final PerPool<HandoverJournal> journals;

  public HandoverJournals(PerPool<HandoverJournal> journals) {
    this.journals = journals;
  }

  /** As {@link HandoverJournal#begun}. */
  public void begun(PoolPass pass) {
    journals.of(pass).begun(pass);
  }

  /** As {@link HandoverJournal#wouldMove}. */
  public void wouldMove(PoolPass pass) {
    journals.of(pass).wouldMove(pass);
  }

  /** As {@link HandoverJournal#ended}. */
  public void ended(PoolPass pass) {
    journals.of(pass).ended(pass);
  }

  /** As {@link HandoverJournal#retired}. */
  public void retired(PoolPass pass) {
    journals.of(pass).retired(pass);
  }
}
