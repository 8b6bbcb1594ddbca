package io.github.metallbdyn6.report;

import io.github.metallbdyn6.pass.PerPool;
import io.github.metallbdyn6.pass.PoolPass;

/** Is told by the routes what becomes of services, for the {@link HandoverJournal} of the pool. */
public final class HandoverJournals {
  private final PerPool<HandoverJournal> journals;

  public HandoverJournals(PerPool<HandoverJournal> journals) {
    this.journals = journals;
  }

  public void begun(PoolPass pass) {
    journals.of(pass).begun(pass);
  }

  public void wouldMove(PoolPass pass) {
    journals.of(pass).wouldMove(pass);
  }

  public void ended(PoolPass pass) {
    journals.of(pass).ended(pass);
  }

  public void retired(PoolPass pass) {
    journals.of(pass).retired(pass);
  }
}
